package dev.heaplight.engine.record;

import java.util.Arrays;

/**
 * What the JVM had counted for each thread when a scope of all threads opened: what a thread
 * allocated before is not the scope's. Immutable.
 */
final class ThreadBaseline {
  /** Of a scope that was there before any thread of the application. */
  static final ThreadBaseline NONE = new ThreadBaseline(new long[0], new long[0]);

  private final long[] sortedIds;
  private final long[] bytes;

  private ThreadBaseline(long[] sortedIds, long[] bytes) {
    this.sortedIds = sortedIds;
    this.bytes = bytes;
  }

  /** Asks the JVM about all its threads. */
  static ThreadBaseline of(JvmCounts jvm) {
    long[] ids = jvm.threadIds();
    Arrays.sort(ids);
    return new ThreadBaseline(ids, jvm.allocatedByThreads(ids));
  }

  /** Bytes of a thread; 0 if it started later. */
  long bytes(long threadId) {
    int index = Arrays.binarySearch(sortedIds, threadId);
    return index < 0 ? 0 : Math.max(0, bytes[index]);
  }
}
