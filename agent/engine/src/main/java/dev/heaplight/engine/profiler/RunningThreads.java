package dev.heaplight.engine.profiler;

import java.util.Arrays;
import java.util.List;

/** The threads that run in this JVM, but for virtual ones. */
public final class RunningThreads {
  private static final int SPARE = 64;

  private RunningThreads() {}

  /** All that run now; one that has just started may be missing. */
  public static List<Thread> now() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    for (ThreadGroup at = root; at != null; at = at.getParent()) {
      root = at;
    }
    Thread[] threads = new Thread[root.activeCount() * 2 + SPARE];
    int count = root.enumerate(threads);
    return Arrays.asList(threads).subList(0, count);
  }
}
