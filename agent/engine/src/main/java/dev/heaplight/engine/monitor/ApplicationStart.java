package dev.heaplight.engine.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Whether the application's main has been called. Until then the agent starts no other program:
 * that would fix how the JVM starts processes, and {@code track=process} would wait for it.
 *
 * <p>The JVM's launcher calls premain and main one after the other on one thread, on which the
 * outermost frame tells them apart. Thread-safe; a look takes some microseconds until the first
 * that finds main.
 */
public final class ApplicationStart {
  /** Of an agent that came to a program that runs. */
  public static final ApplicationStart BEGUN = new ApplicationStart(null);

  private static final String INSTRUMENTATION = "sun.instrument.";
  private static final String LAUNCHER = "sun.launcher.LauncherHelper";

  private volatile @Nullable Thread starter;

  private ApplicationStart(@Nullable Thread starter) {
    this.starter = starter;
  }

  /** On the thread that called premain. */
  public static ApplicationStart on(Thread starter) {
    return new ApplicationStart(starter);
  }

  /** Whether main was called, or has returned already. */
  boolean hasBegun() {
    Thread thread = starter;
    if (thread == null) {
      return true;
    }
    boolean begun = !thread.isAlive() || isMain(thread.getStackTrace());
    if (begun) {
      starter = null;
    }
    return begun;
  }

  /**
   * Whether this stack of the launcher's thread is main's; between premain and main it is empty.
   */
  static boolean isMain(StackTraceElement[] stack) {
    if (stack.length == 0) {
      return false;
    }
    String outermost = stack[stack.length - 1].getClassName();
    return !outermost.startsWith(INSTRUMENTATION) && !outermost.equals(LAUNCHER);
  }
}
