package dev.heaplight.engine.sample;

/**
 * How far apart, in bytes, the sampled stacks of one scope are.
 *
 * <p>Starts at every allocation, so a short scope has all its stacks. A bucket holds what the scope
 * may spend on samples: it starts with {@link #BURST_SAMPLES} and fills at the rate the {@link
 * SamplingBudget} allows. When it is empty the interval widens four-fold, when it is full it
 * narrows again by half. The first samples, those of each widening, and each thread's first sample
 * of a site are given ahead and paid back over the next seconds, up to a limit, so that the budget
 * holds in the long run unless threads come and go all the time. Each sample carries the weight of
 * the interval it was taken at, so changes leave sums unbiased.
 *
 * <p>The first samples of sites do not widen the interval: they come at any, and a program of a few
 * thousand sites would have nothing but those.
 *
 * <p>What fills it is the CPU time of the scope's threads, up to the time that passes: on a machine
 * with more threads than cores the budget must stay a share of what a thread gets done, and with
 * many threads one recorder must keep up. A thread that mostly waits is given a little for that.
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
  private static final double GRACE_SAMPLES = BURST_SAMPLES / 8;

  /** More than this is not paid back: that a thousand threads came by must not be felt for ever. */
  private static final double MAX_GIVEN_AHEAD_SAMPLES = 10 * BURST_SAMPLES;

  /** What was given ahead is paid back with this share of what comes in. */
  private static final double REPAID_SHARE = 0.5;

  /** What must have come in before an interval is narrowed again: each must show its effect. */
  private static final double BUDGET_BEFORE_NARROWING = GRACE_SAMPLES;

  /** Share of waiting that counts as if it were work. */
  private static final double WAITING_SHARE = 1.0 / 16;

  /** Time that passed while threads had less CPU time; more than this is not kept for later. */
  private static final double MAX_UNUSED_NANOS = 1e9;

  private final SamplingBudget budget;
  private volatile long bytes;
  private volatile double bucketSamples = BURST_SAMPLES;
  private volatile double givenAheadSamples = BURST_SAMPLES;
  private volatile long lastNanos;
  private volatile double unusedNanos;
  private volatile double samplesAtThisWidth;

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

  /**
   * Accounts for one more sample, and widens or narrows the interval by what is left to spend.
   *
   * @param drawn whether it came by the interval, and not because it was the first of its site
   * @param nowNanos as of {@link System#nanoTime}
   * @param cpuNanos CPU time of the calling thread for the scope since its last sample in it;
   *     negative if unknown, which counts as if the scope's threads had run all the time
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost increment is one stack over the budget
  public void sampled(boolean drawn, long nowNanos, long cpuNanos) {
    if (budget.isFixed()) {
      return;
    }
    double came = repay(takeWorkedNanos(nowNanos, cpuNanos) * budget.samplesPerNano());
    double filled = bucketSamples + came;
    boolean full = filled >= BURST_SAMPLES;
    bucketSamples = Math.min(filled, BURST_SAMPLES) - (drawn ? 1 : 0);
    if (!drawn) {
      giveAhead(1);
    }
    samplesAtThisWidth = samplesAtThisWidth + came;
    if (bucketSamples < 0 && bytes < MAX_BYTES) {
      setBytes(bytes == EVERY_ALLOCATION ? FIRST_STEP_BYTES : Math.min(bytes * 4, MAX_BYTES));
      bucketSamples = GRACE_SAMPLES;
      giveAhead(GRACE_SAMPLES);
    } else if (full && bytes > FIRST_STEP_BYTES && samplesAtThisWidth > BUDGET_BEFORE_NARROWING) {
      setBytes(bytes / 2);
    }
  }

  /** Takes the nanoseconds since the last sample that the budget is a share of. */
  private double takeWorkedNanos(long nowNanos, long cpuNanos) {
    double passedNanos = Math.max(0, nowNanos - lastNanos); // threads may race
    lastNanos = nowNanos;
    if (cpuNanos < 0) {
      return passedNanos;
    }
    double mostNanos = unusedNanos + passedNanos;
    double workedNanos = Math.min(cpuNanos + passedNanos * WAITING_SHARE, mostNanos);
    unusedNanos = Math.min(mostNanos - workedNanos, MAX_UNUSED_NANOS);
    return workedNanos;
  }

  private void giveAhead(double samples) {
    givenAheadSamples = Math.min(givenAheadSamples + samples, MAX_GIVEN_AHEAD_SAMPLES);
  }

  /** Pays back from {@code samples} that came in, while there is something to; returns the rest. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // as above
  private double repay(double samples) {
    double repaid = Math.min(samples * REPAID_SHARE, givenAheadSamples);
    givenAheadSamples = givenAheadSamples - repaid;
    return samples - repaid;
  }

  private void setBytes(long newBytes) {
    bytes = newBytes;
    samplesAtThisWidth = 0;
  }
}
