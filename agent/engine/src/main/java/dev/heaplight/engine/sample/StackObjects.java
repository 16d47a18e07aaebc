package dev.heaplight.engine.sample;

import dev.heaplight.hook.AllocationHook;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that a hook was called for on the stack of its caller, where the hook was not
 * given it.
 *
 * <p>Woven code keeps the object as the topmost operand while it calls the hook. Compiled code
 * describes its operands to the JVM at each call; an object that it removed is described by its
 * fields, and shows as null. So this tells an object that was allocated from one that was not.
 *
 * <p>By {@code java.lang.LiveStackFrame}, the JDK's internal kind of stack walker that shows
 * operands. Costs 6-10 us. Thread-safe.
 */
public final class StackObjects {
  /** The object was not allocated: the JIT compiler did without it. */
  public static final Object REMOVED = new Object();

  /** The object could not be found; nothing is known of it. */
  public static final Object UNKNOWN = new Object();

  private static final String FRAME_CLASS = "java.lang.LiveStackFrame";

  private final @Nullable Search search;

  private StackObjects(@Nullable Search search) {
    this.search = search;
  }

  /** One that finds nothing. */
  public static StackObjects none() {
    return new StackObjects(null);
  }

  /** Whether {@code found} is an object of the application. */
  public static boolean isObject(Object found) {
    return found != REMOVED && found != UNKNOWN;
  }

  /**
   * Creates one; {@code java.lang} must be open to this class's module.
   *
   * @throws ReflectiveOperationException if this JDK has no such stack walker
   */
  public static StackObjects ofThisJvm() throws ReflectiveOperationException {
    Class<?> frameClass = Class.forName(FRAME_CLASS, false, null);
    Method maker = frameClass.getDeclaredMethod("getStackWalker", Set.class);
    maker.setAccessible(true);
    Object walker;
    try {
      walker =
          maker.invoke(
              null,
              Set.of(
                  StackWalker.Option.RETAIN_CLASS_REFERENCE,
                  StackWalker.Option.SHOW_HIDDEN_FRAMES));
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException("no stack walker with operands", e.getCause());
    }
    MethodHandle operands =
        MethodHandles.privateLookupIn(frameClass, MethodHandles.lookup())
            .findVirtual(frameClass, "getStack", MethodType.methodType(Object[].class))
            .asType(MethodType.methodType(Object[].class, StackWalker.StackFrame.class));
    return new StackObjects(new Search((StackWalker) walker, operands));
  }

  /**
   * The object for which the calling thread is in an allocation hook, {@link #REMOVED} or {@link
   * #UNKNOWN}.
   */
  public Object find() {
    Search known = search;
    return known == null ? UNKNOWN : known.walker.walk(known);
  }

  /** A class of its own: a lambda would link itself at its first call, inside a hook. */
  private static final class Search implements Function<Stream<StackWalker.StackFrame>, Object> {
    private final StackWalker walker;
    private final MethodHandle operandsOf;

    Search(StackWalker walker, MethodHandle operandsOf) {
      this.walker = walker;
      this.operandsOf = operandsOf;
    }

    @Override
    public Object apply(Stream<StackWalker.StackFrame> frames) {
      Iterator<StackWalker.StackFrame> iterator = frames.iterator();
      boolean inHook = false;
      while (iterator.hasNext()) {
        StackWalker.StackFrame frame = iterator.next();
        boolean hook = frame.getDeclaringClass() == AllocationHook.class;
        if (inHook && !hook) {
          return topOf(frame);
        }
        inHook |= hook;
      }
      return UNKNOWN;
    }

    private Object topOf(StackWalker.StackFrame frame) {
      @Nullable Object[] operands;
      try {
        operands = (Object[]) operandsOf.invokeExact(frame);
      } catch (Throwable t) {
        return UNKNOWN;
      }
      if (operands.length == 0) {
        return UNKNOWN;
      }
      Object top = operands[operands.length - 1];
      return top == null ? REMOVED : top;
    }
  }
}
