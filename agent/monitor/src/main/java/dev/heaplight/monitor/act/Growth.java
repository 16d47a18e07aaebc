package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;

/**
 * How fast one level grows, and from that when to look again. Not thread-safe.
 *
 * <p>Memory cannot be touched faster than {@link #FASTEST_BYTES_PER_SECOND}. So nothing can happen
 * before the time that takes to fill what is free below the trigger: looks are half of it apart,
 * between 10 ms and the refresh time. When the growth that was seen reaches the trigger sooner than
 * that, they come down to 1 ms, for the short while it lasts.
 */
final class Growth {
  /** Of a few processors; measured hogs take 1 to 2.5 GB/s each. */
  static final double FASTEST_BYTES_PER_SECOND = 4e9;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long FAR_NANOS = 1L << 60;
  private static final long SHORTEST_NANOS = 1_000_000;
  private static final long SHORT_NANOS = 10_000_000;

  /** Shorter than this, what the kernel charges in advance looks like growth. */
  private static final long WINDOW_NANOS = 20_000_000;

  private boolean known;
  private long windowNanos;
  private long windowBytes;
  private double windowBytesPerSecond;
  private double formerWindowBytesPerSecond;
  private long lastNanos;
  private long lastBytes;
  private double bytesPerSecond;

  /** Notes a level's use. */
  void note(long nanos, MemoryLevel level) {
    if (!known) {
      known = true;
      windowNanos = nanos;
      windowBytes = level.usedBytes();
    } else if (nanos > lastNanos) {
      double now = (level.usedBytes() - lastBytes) * NANOS_PER_SECOND / (nanos - lastNanos);
      // One quiet look, during a collection for instance, is not the end of a climb.
      bytesPerSecond = Math.max(0, Math.max(now, bytesPerSecond / 2));
      if (nanos - windowNanos >= WINDOW_NANOS) {
        formerWindowBytesPerSecond = windowBytesPerSecond;
        windowBytesPerSecond =
            (level.usedBytes() - windowBytes) * NANOS_PER_SECOND / (nanos - windowNanos);
        windowNanos = nanos;
        windowBytes = level.usedBytes();
      }
    }
    lastNanos = nanos;
    lastBytes = level.usedBytes();
  }

  /** Growth as last seen, never below 0. */
  double bytesPerSecond() {
    return bytesPerSecond;
  }

  /**
   * Whether use climbs, by more than a worker's ordinary ups and downs: over some time, or so fast
   * that there is no time to see.
   */
  boolean climbs() {
    return windowBytesPerSecond > 10e6 || isSteep();
  }

  /** Whether what is left will not last for long. */
  boolean isSteep() {
    return bytesPerSecond > 100e6;
  }

  /** How long until {@code bytes} are used at this growth; very long without any. */
  long nanosUntil(long bytes) {
    long left = bytes - lastBytes;
    return left <= 0 ? 0 : nanos(left, bytesPerSecond);
  }

  /**
   * The same at the growth of the last some 20 ms, in which single large objects even out: a look
   * that falls on one of them sees ten times the growth there is.
   */
  long nanosUntilSteadily(long bytes) {
    long left = bytes - lastBytes;
    double rate = windowBytesPerSecond > 0 ? windowBytesPerSecond : bytesPerSecond;
    return left <= 0 ? 0 : nanos(left, rate);
  }

  /**
   * Whether {@code bytes} are used within so many nanoseconds, at the least growth of the last two
   * times 20 ms: one large object is not enough.
   */
  boolean reaches(long bytes, long withinNanos) {
    double rate = Math.min(windowBytesPerSecond, formerWindowBytesPerSecond);
    return nanos(Math.max(0, bytes - lastBytes), rate) < withinNanos;
  }

  /** Time to the next look. */
  long lookNanos(long triggerBytes, long refreshMillis) {
    long refresh = Math.max(1, refreshMillis) * 1_000_000;
    long headroom = Math.max(0, triggerBytes - lastBytes);
    long adaptive = Math.max(SHORT_NANOS, nanos(headroom, FASTEST_BYTES_PER_SECOND * 2));
    long seen = Math.max(SHORTEST_NANOS, nanosUntil(triggerBytes) >> 1);
    return Math.min(refresh, Math.min(adaptive, seen));
  }

  private static long nanos(long bytes, double rate) {
    return rate <= 0 ? FAR_NANOS : (long) Math.min(FAR_NANOS, bytes / rate * NANOS_PER_SECOND);
  }
}
