package dev.heaplight.hook;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks need of the engine, which lives in a class loader they cannot see.
 *
 * <p>Every method may be called on any application thread. The calling thread's recording is
 * suspended meanwhile, so whatever these methods allocate is not counted as the application's.
 */
public abstract class EngineLink {
  /** Stands for a site whose instances are not all of one size. */
  public static final int ANY_SITE = -1;

  /**
   * Takes over a new thread's counters before its first counted allocation, for instance to put the
   * thread into the scope of the whole process; and again when such a scope opens later.
   *
   * @return false if the thread is in agent code, and is to be brought here again
   */
  public abstract boolean threadSeen(ThreadCounters counters);

  /** The calling thread is about to end; called at most once for each thread. */
  public abstract void threadEnding(ThreadCounters counters);

  /**
   * Bytes of the instances that a site allocates.
   *
   * @param instance one of them, or what {@link #find} returned for it; null if that failed
   * @param site number of the site, or {@link #ANY_SITE} for the size of this instance alone
   */
  public abstract long instanceBytes(@Nullable Object instance, int site);

  /**
   * Looks for the object that the calling hook was not given, because the JIT compiler may have
   * removed it.
   *
   * @return what the engine knows of the object, for {@link #sample}
   */
  public abstract Object find(ThreadCounters counters);

  /**
   * Takes a stack of the calling thread for an allocation, and sets the thread's next countdown.
   *
   * @param allocated the object just allocated, or what {@link #find} returned for it; null if that
   *     failed
   * @param site number of the allocation site
   * @param sizeBytes bytes the allocation took
   * @return what to throw into the application because its scope has reached a limit, or null
   */
  public abstract @Nullable Error sample(
      ThreadCounters counters, @Nullable Object allocated, int site, long sizeBytes);

  /** The class file to define for a hidden class instead of {@code classFile}. */
  public abstract byte[] weaveHidden(byte[] classFile);

  /**
   * Opens a scope on the calling thread.
   *
   * @param request {@code name} and, where given, {@code kind}, {@code id}, {@code destination} and
   *     {@code attribute.*}
   * @param errors makes what is thrown when the scope reaches a limit; null: it has no limits
   * @return an opaque handle, or null if nothing is recorded
   */
  public abstract @Nullable Object open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors);

  /** Closes a scope; closing again does nothing. */
  public abstract void close(Object handle);

  /** Absolute path of the scope's recording. */
  public abstract String file(Object handle);

  /**
   * The method with this number begins, on the calling thread: for most methods a scope opens.
   *
   * @param call receiver, null in a static method, and arguments; null if the method's rule does
   *     without them
   */
  public abstract void enterMethod(int method, @Nullable Object @Nullable [] call)
      throws ReflectiveOperationException;

  /** Ends what the innermost {@link #enterMethod} of this method and thread began. */
  public abstract void exitMethod(int method) throws ReflectiveOperationException;

  /**
   * The calling thread begins a task that another scope handed over: it works for that scope, in
   * place of the present one, until {@link #leaveWork}. Called one inside another.
   *
   * @param scope what the engine knows the scope by; null for the scope of the process or none
   */
  public abstract void enterWork(ThreadCounters counters, @Nullable Object scope);

  /** The calling thread works again for the scope it worked for before the last enterWork. */
  public abstract void leaveWork(ThreadCounters counters);

  /** Takes the calling thread out of a scope and of those inside it. */
  public abstract void pause(Object handle);

  /** Makes a scope the calling thread's innermost, inside those it works for already. */
  public abstract void resume(Object handle);

  /** The scope of a handle, as handed-over work remembers it. */
  public abstract WorkScope workOf(Object handle);

  /** Reports what an engine method threw; once, however often it happens. */
  public abstract void failed(Throwable failure);
}
