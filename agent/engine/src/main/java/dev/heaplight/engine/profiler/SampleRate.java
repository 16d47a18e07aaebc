package dev.heaplight.engine.profiler;

/**
 * The interval of a profiler by what its samples cost. Not thread-safe.
 *
 * <p>A sample takes some 30 us, of which the JVM's walk of the stack is most. So many of them are
 * allowed that they cost 1 % of what the process itself computes: on a machine that many share it
 * gets little of a second, and samples must be as much fewer. They are bounded in a second of the
 * clock as well, since more of them tell nothing more.
 */
final class SampleRate {
  /** In a second of the clock, and in a second of processor time of all threads together. */
  static final int MAX_PER_SECOND = 300;

  static final long MAX_INTERVAL_BYTES = 1L << 30;

  private static final int MIN_PER_SECOND = MAX_PER_SECOND / 8;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** What the process computes in less than this is taken for this: it may hardly run at all. */
  private static final long LEAST_CPU_NANOS = SECOND_NANOS / 20;

  private final long firstIntervalBytes;
  private final boolean fixed;
  private long intervalBytes;
  private long sinceNanos;
  private long sinceCpuNanos;
  private long samples;

  /**
   * Starts with an interval.
   *
   * @param fixed whether it stays
   */
  SampleRate(long firstIntervalBytes, boolean fixed) {
    this.firstIntervalBytes = firstIntervalBytes;
    this.fixed = fixed;
    this.intervalBytes = firstIntervalBytes;
  }

  long intervalBytes() {
    return intervalBytes;
  }

  /** Samples are counted from now on. */
  void begin(long nowNanos, long cpuNanos) {
    sinceNanos = nowNanos;
    sinceCpuNanos = cpuNanos;
    samples = 0;
  }

  /** Counts samples. */
  void add(int more) {
    samples += more;
  }

  /** Whether it is time to look: a second has passed, or there were enough samples for one. */
  boolean isDue(long nowNanos) {
    return nowNanos - sinceNanos >= SECOND_NANOS || samples > MAX_PER_SECOND;
  }

  /**
   * The interval from now on, and begins to count anew.
   *
   * @param cpuNanos processor time of the process; negative if it is not known
   */
  long adapted(long nowNanos, long cpuNanos) {
    long elapsed = Math.max(1, nowNanos - sinceNanos);
    long computed = cpuNanos < 0 ? elapsed : Math.max(LEAST_CPU_NANOS, cpuNanos - sinceCpuNanos);
    double rate = samples * (double) SECOND_NANOS / Math.min(elapsed, computed);
    begin(nowNanos, cpuNanos);
    if (fixed) {
      return intervalBytes;
    }
    if (rate > MAX_PER_SECOND) {
      long times = Long.highestOneBit((long) (rate / MAX_PER_SECOND)) * 2;
      intervalBytes = Math.min(MAX_INTERVAL_BYTES, intervalBytes * times);
    } else if (rate < MIN_PER_SECOND && intervalBytes > firstIntervalBytes) {
      intervalBytes /= 2;
    }
    return intervalBytes;
  }
}
