package dev.heaplight.engine.sample;

/**
 * How far apart, in bytes, the sampled stacks of one scope are.
 *
 * <p>Starts at every allocation and widens four-fold whenever more stacks were taken than the
 * budget allows, so a short scope has all its stacks and a long one costs a bounded share of its
 * time. A stack costs about 30 us in all: 2-3 us in the thread, the rest to resolve it outside.
 *
 * <p>Thread-safe without a lock: the threads of a scope may overrun the budget by a few stacks.
 */
public final class SamplingInterval {
  /** Interval that samples every allocation. */
  public static final long EVERY_ALLOCATION = 1;

  /** First interval above every allocation; smaller ones would still take almost all. */
  private static final long FIRST_STEP_BYTES = 128;

  private static final long MAX_BYTES = 1L << 32;
  private static final long BURST_SAMPLES = 1_000;
  private static final long SAMPLES_PER_SECOND = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long openedNanos;
  private volatile long bytes = EVERY_ALLOCATION;
  private volatile long samples;

  /** Starts at every allocation; {@code openedNanos} as of {@link System#nanoTime}. */
  public SamplingInterval(long openedNanos) {
    this.openedNanos = openedNanos;
  }

  /** Mean bytes between two samples, 1 for every allocation. */
  public long bytes() {
    return bytes;
  }

  /** Accounts for one more sample and widens the interval if the budget is used up. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost increment is one stack over the budget
  public void sampled(long nowNanos) {
    samples++;
    long elapsed = nowNanos - openedNanos;
    long allowed =
        BURST_SAMPLES + (long) (elapsed * (SAMPLES_PER_SECOND / (double) NANOS_PER_SECOND));
    if (samples > allowed && bytes < MAX_BYTES) {
      bytes = bytes == EVERY_ALLOCATION ? FIRST_STEP_BYTES : bytes * 4;
      samples = allowed - BURST_SAMPLES / 4; // the wider interval shows its effect first
    }
  }
}
