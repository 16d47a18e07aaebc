package dev.heaplight.engine.sample;

/**
 * How far apart, in bytes, the sampled stacks of one scope are.
 *
 * <p>Starts at every allocation, so a short scope has all its stacks. A bucket holds what the scope
 * may spend on samples: it starts with {@link #BURST_SAMPLES} and fills with time, at the rate the
 * {@link SamplingBudget} allows. When it is empty the interval widens four-fold, when it is full it
 * narrows again by half. Each sample carries the weight of the interval it was taken at, so changes
 * leave sums unbiased.
 *
 * <p>Thread-safe without a lock: a lost update is a few stacks over or under the budget.
 */
public final class SamplingInterval {
  /** Interval that samples every allocation. */
  public static final long EVERY_ALLOCATION = 1;

  /** First interval above every allocation; smaller ones would still take almost all. */
  static final long FIRST_STEP_BYTES = 128;

  static final long MAX_BYTES = 1L << 32;
  static final double BURST_SAMPLES = 1_000;

  /** What an empty bucket is given after widening, so that the wider interval shows its effect. */
  private static final double GRACE_SAMPLES = BURST_SAMPLES / 4;

  /** A narrower interval must show its effect too. */
  private static final int SAMPLES_BEFORE_NARROWING = 100;

  private final SamplingBudget budget;
  private volatile long bytes;
  private volatile double bucket = BURST_SAMPLES;
  private volatile long lastNanos;
  private volatile int samplesAtThisWidth;

  /**
   * Starts at every allocation, or at the budget's fixed interval.
   *
   * @param openedNanos as of {@link System#nanoTime}
   */
  public SamplingInterval(SamplingBudget budget, long openedNanos) {
    this.budget = budget;
    this.lastNanos = openedNanos;
    this.bytes = budget.isFixed() ? budget.fixedIntervalBytes() : EVERY_ALLOCATION;
  }

  /** Mean bytes between two samples, 1 for every allocation. */
  public long bytes() {
    return bytes;
  }

  /** Accounts for one more sample, and widens or narrows the interval by what is left to spend. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost increment is one stack over the budget
  public void sampled(long nowNanos) {
    if (budget.isFixed()) {
      return;
    }
    double filled =
        bucket + Math.max(0, nowNanos - lastNanos) * budget.samplesPerNano(); // time may race
    lastNanos = nowNanos;
    boolean full = filled >= BURST_SAMPLES;
    bucket = Math.min(filled, BURST_SAMPLES) - 1;
    samplesAtThisWidth++;
    if (bucket < 0 && bytes < MAX_BYTES) {
      setBytes(bytes == EVERY_ALLOCATION ? FIRST_STEP_BYTES : Math.min(bytes * 4, MAX_BYTES));
      bucket = GRACE_SAMPLES;
    } else if (full && bytes > FIRST_STEP_BYTES && samplesAtThisWidth > SAMPLES_BEFORE_NARROWING) {
      setBytes(bytes / 2);
    }
  }

  private void setBytes(long newBytes) {
    bytes = newBytes;
    samplesAtThisWidth = 0;
  }
}
