package dev.heaplight.hook;

import org.jspecify.annotations.Nullable;

/**
 * What woven methods of the JDK call when the program ends itself, or an error ends one of its
 * threads. Allocates nothing and never throws: memory may be what has run out.
 */
public final class EndHook {
  private static volatile @Nullable EndLink link;

  private EndHook() {}

  /** Has ends noted by the engine, or by nobody. */
  public static void connect(@Nullable EndLink newLink) {
    link = newLink;
  }

  /** At the start of {@code Runtime.exit}. */
  public static void exit(int status) {
    EndLink to = link;
    if (to != null) {
      try {
        to.exit(status);
      } catch (Throwable t) {
        AllocationHook.failed(t);
      }
    }
  }

  /** At the start of {@code Runtime.halt}. */
  public static void halt(int status) {
    EndLink to = link;
    if (to != null) {
      try {
        to.halt(status);
      } catch (Throwable t) {
        AllocationHook.failed(t);
      }
    }
  }

  /** At the start of {@code Thread.dispatchUncaughtException}. */
  public static void uncaught(@Nullable Throwable error) {
    EndLink to = link;
    if (to != null && error instanceof OutOfMemoryError) {
      try {
        to.outOfMemory();
      } catch (Throwable t) {
        AllocationHook.failed(t);
      }
    }
  }
}
