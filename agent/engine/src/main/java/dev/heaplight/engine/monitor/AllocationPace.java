package dev.heaplight.engine.monitor;

import java.util.concurrent.TimeUnit;

/** Whether this worker's tasks allocate as fast as one that fills a node. Used by one thread. */
final class AllocationPace {
  /** Less than this in 100 ms, or in any shorter time, is an ordinary program's. */
  static final long FAST_BYTES = 1 << 20;

  private static final double PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private boolean known;
  private long notedBytes;
  private long notedNanos;

  /** Whether it is at least {@code everyNanos} since the last {@link #note}. */
  boolean isDue(long nanos, long everyNanos) {
    return !known || nanos - notedNanos >= everyNanos;
  }

  /** Notes what had been allocated at a moment, to which later ones are compared. */
  void note(long bytes, long nanos) {
    known = true;
    notedBytes = bytes;
    notedNanos = nanos;
  }

  /**
   * Whether allocation since the last {@link #note} was fast. What a closed task had allocated is
   * missing in {@code bytes}: less than was noted says nothing, and is noted itself.
   */
  boolean isFast(long bytes, long nanos) {
    if (!known || bytes < notedBytes) {
      note(bytes, nanos);
      return false;
    }
    double periods = Math.max(1, (nanos - notedNanos) / PERIOD_NANOS);
    return bytes - notedBytes > FAST_BYTES * periods;
  }
}
