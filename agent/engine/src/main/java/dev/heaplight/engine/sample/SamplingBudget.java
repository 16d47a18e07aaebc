package dev.heaplight.engine.sample;

/**
 * How much sampled stacks may cost: a share of the CPU time of each scope's threads, or any price
 * at a fixed interval.
 *
 * <p>The price of a sample is measured as it is paid, in the threads that take them and in the
 * recorder that resolves them, and follows slowly. One for the whole JVM. Thread-safe: a lost
 * measurement does no harm.
 */
public final class SamplingBudget {
  /** Share of a scope's CPU time that samples may take unless told otherwise. */
  public static final double DEFAULT_OVERHEAD = 0.05;

  private static final double ASSUMED_SAMPLE_NANOS = 50_000;

  /**
   * Samples that seem to cost less are counted at this price. It bounds their number, 1250 a second
   * by default: more of them tell little more, and what they push out of the processor's caches
   * does not show in their own time.
   */
  private static final double MIN_SAMPLE_NANOS = 40_000;

  /** A thread that was interrupted while it was measured says nothing. */
  private static final double MAX_SAMPLE_NANOS = 100_000;

  private static final double NEW_SHARE = 0.01;
  private static final double MAX_NEW_SHARE = 0.1;
  private static final long NOT_FIXED = 0;

  private final double overhead;
  private final long fixedIntervalBytes;
  private volatile double threadNanos = ASSUMED_SAMPLE_NANOS / 2;
  private volatile double recorderNanos = ASSUMED_SAMPLE_NANOS / 2;

  private SamplingBudget(double overhead, long fixedIntervalBytes) {
    this.overhead = overhead;
    this.fixedIntervalBytes = fixedIntervalBytes;
  }

  /** A budget of this share of a scope's CPU time, above 0. */
  public static SamplingBudget ofTime(double overhead) {
    return new SamplingBudget(overhead, NOT_FIXED);
  }

  /** A fixed interval in bytes, 1 for every allocation, whatever it costs. */
  public static SamplingBudget fixed(long intervalBytes) {
    return new SamplingBudget(DEFAULT_OVERHEAD, intervalBytes);
  }

  public boolean isFixed() {
    return fixedIntervalBytes != NOT_FIXED;
  }

  long fixedIntervalBytes() {
    return fixedIntervalBytes;
  }

  /** What a sample costs now, in thread and recorder together. */
  public double sampleNanos() {
    return Math.max(MIN_SAMPLE_NANOS, threadNanos + recorderNanos);
  }

  double samplesPerNano() {
    return overhead / sampleNanos();
  }

  /** Notes what taking one sample cost its thread. */
  public void paidInThread(long nanos) {
    double before = threadNanos;
    threadNanos = before + (Math.min((double) nanos, MAX_SAMPLE_NANOS) - before) * NEW_SHARE;
  }

  /** Notes what resolving samples cost the recorder. */
  public void paidInRecorder(long nanos, int samples) {
    double weight = Math.min(MAX_NEW_SHARE, samples * NEW_SHARE);
    double before = recorderNanos;
    recorderNanos =
        before + (Math.min((double) nanos / samples, MAX_SAMPLE_NANOS) - before) * weight;
  }
}
