package dev.heaplight.hook;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door through which scopes are opened: by the tracker of the API, which finds this class by
 * name, and by woven methods.
 *
 * <p>The engine starts in the background. A scope that is opened earlier waits for it, since what
 * the engine has not woven yet would be missing from the recording.
 */
public final class ScopeBridge {
  private static final CountDownLatch READY = new CountDownLatch(1);
  private static volatile @Nullable EngineLink engine;
  private static volatile boolean waiting;
  private static volatile boolean awaited;
  private static volatile long maxWaitMillis = 30_000;

  private static volatile @Nullable Consumer<@Nullable Object[]> agent;

  private static final BiFunction<String, Object, @Nullable Object> DOOR = new Door();

  private ScopeBridge() {}

  /**
   * The way in for the API, in a JDK type, so that no linking happens while a scope is open: {@code
   * open} with a request map gives a handle or null, {@code openLimited} does so with an array of a
   * request map and a maker of errors, {@code file} with a handle gives its path, {@code close},
   * {@code pause}, {@code resume} and {@code enter} with a handle give null, and so does {@code
   * leave} with anything.
   */
  public static BiFunction<String, Object, @Nullable Object> door() {
    return DOOR;
  }

  private static final class Door implements BiFunction<String, Object, @Nullable Object> {
    @Override
    @SuppressWarnings("unchecked") // the API's own map of strings
    public @Nullable Object apply(String operation, Object argument) {
      return switch (operation) {
        case "open" -> open((Map<String, String>) argument);
        case "openLimited" -> {
          Object[] both = (Object[]) argument;
          yield open((Map<String, String>) both[0], (Function<Map<String, String>, Error>) both[1]);
        }
        case "file" -> file(argument);
        case "close" -> {
          close(argument);
          yield null;
        }
        case "pause" -> {
          pause(argument);
          yield null;
        }
        case "resume" -> {
          resume(argument);
          yield null;
        }
        case "enter" -> {
          enter(argument);
          yield null;
        }
        case "leave" -> {
          HandOver.leave();
          yield null;
        }
        default -> null; // from a newer API
      };
    }
  }

  /** Says whom the attach command's requests go to, since a JVM has one agent only. */
  public static void setAgent(Consumer<@Nullable Object[]> starter) {
    agent = starter;
  }

  /** The agent that is in this JVM; null if none ever started. Found by name by a later one. */
  public static @Nullable Consumer<@Nullable Object[]> agent() {
    return agent;
  }

  /** Sets how long a scope waits for the engine. */
  public static void setMaxWaitMillis(long millis) {
    maxWaitMillis = millis;
  }

  /** Opens the door; null: the engine failed to start or has left, and nothing is recorded. */
  public static void ready(@Nullable EngineLink link) {
    engine = link;
    READY.countDown();
  }

  /** Whether a scope was opened before the engine was ready. */
  public static boolean isAwaited() {
    return awaited;
  }

  /** Waits for the engine like a scope that opens; false if it does not come. */
  public static boolean awaitReady() {
    awaited = true;
    try {
      return READY.await(maxWaitMillis, TimeUnit.MILLISECONDS) && engine != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Opens a scope without limits on the calling thread. */
  public static @Nullable Object open(Map<String, String> request) {
    return open(request, null);
  }

  /**
   * Opens a scope on the calling thread; see {@link EngineLink#open} for the request.
   *
   * @return an opaque handle, or null if nothing is recorded
   */
  public static @Nullable Object open(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    EngineLink link = engine();
    if (link == null) {
      return null;
    }
    boolean active = suspend();
    Object handle = null;
    CarrierPin.pin();
    try {
      handle = link.open(request, errors);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      CarrierPin.unpin();
    }
    if (handle == null) {
      resume(active);
    }
    return handle;
  }

  /** Closes a scope, on any thread; closing again does nothing. */
  public static void close(Object handle) {
    EngineLink link = engine;
    if (link == null) {
      return;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      link.close(handle);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      resume(active);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** Absolute path of the scope's recording, or null if there is none. */
  public static @Nullable String file(Object handle) {
    EngineLink link = engine;
    if (link == null) {
      return null;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      return link.file(handle);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      return null;
    } finally {
      CarrierPin.unpin();
      resume(active);
    }
  }

  /** Takes the calling thread out of a scope until {@link #resume(Object)}. */
  public static void pause(Object handle) {
    EngineLink link = engine;
    if (link == null) {
      return;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      link.pause(handle);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      resume(active);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** Puts the calling thread, whichever that is, into a scope until {@link #pause}. */
  public static void resume(Object handle) {
    EngineLink link = engine;
    if (link == null) {
      return;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      link.resume(handle);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      resume(active);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** The calling thread works for a scope, and for no other, until {@link HandOver#leave}. */
  public static void enter(Object handle) {
    EngineLink link = engine;
    if (link == null) {
      return;
    }
    boolean active = suspend();
    WorkScope scope = null;
    CarrierPin.pin();
    try {
      scope = link.workOf(handle);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      CarrierPin.unpin();
    }
    resume(active);
    HandOver.enter(scope);
  }

  /** At the start of a method that is to be a scope. */
  public static void enterMethod(int method) {
    enterMethod(method, null);
  }

  /** The same with its receiver, null in a static method, and its arguments. */
  public static void enterMethod(int method, @Nullable Object @Nullable [] call) {
    enterMethod(engine(), method, call);
  }

  /** The same without waiting for the engine: where a runtime's own timeouts run meanwhile. */
  public static void enterIfReady(int method, @Nullable Object @Nullable [] call) {
    enterMethod(engine, method, call);
  }

  private static void enterMethod(
      @Nullable EngineLink link, int method, @Nullable Object @Nullable [] call) {
    if (link == null) {
      return;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      link.enterMethod(method, call);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      resume(active);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** At each end of such a method. */
  public static void exitMethod(int method) {
    EngineLink link = engine;
    if (link == null) {
      return;
    }
    boolean active = suspend();
    CarrierPin.pin();
    try {
      link.exitMethod(method);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      resume(active);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** Counting stays off until the engine, which knows the thread's new scope, turns it on again. */
  private static boolean suspend() {
    ThreadCounters counters = ThreadTable.current();
    boolean active = counters.active();
    if (active) {
      counters.setActive(false);
    }
    return active;
  }

  private static void resume(boolean active) {
    if (active) {
      ThreadTable.current().setActive(true);
    }
  }

  private static @Nullable EngineLink engine() {
    EngineLink link = engine;
    if (link != null || waiting) {
      return link;
    }
    awaited = true;
    try {
      if (!READY.await(maxWaitMillis, TimeUnit.MILLISECONDS)) {
        waiting = true; // once is enough: later scopes open unrecorded until the engine is ready
        System.err.println(
            "heaplight: scope opened before weaving was done: waited="
                + maxWaitMillis
                + " ms, not recorded until it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      System.err.println(
          "heaplight: scope opened before weaving was done: interrupted, not recorded");
    }
    return engine;
  }
}
