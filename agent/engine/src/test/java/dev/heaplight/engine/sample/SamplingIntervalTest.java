package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamplingIntervalTest {
  private static final long OPENED_NANOS = -5_000_000_000L; // nanoTime may be negative
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final long MILLI_NANOS = 1_000_000;
  private static final long UNKNOWN = -1;

  /** At the assumed price of 50 us a sample this is one sample a millisecond. */
  private final SamplingInterval interval =
      new SamplingInterval(SamplingBudget.ofTime(0.05), OPENED_NANOS);

  @Test
  void startsAtEveryAllocation() {
    assertEquals(1, interval.bytes());
    sample(1_000, OPENED_NANOS);
    assertEquals(1, interval.bytes());
  }

  @Test
  void widensWhenTheBurstIsExceeded() {
    sample(1_001, OPENED_NANOS);
    assertEquals(128, interval.bytes());
  }

  @Test
  void widensFourFoldWhenTheWiderOneIsExceededToo() {
    sample(1_001, OPENED_NANOS);
    sample(125, OPENED_NANOS);
    assertEquals(128, interval.bytes());
    sample(1, OPENED_NANOS);
    assertEquals(512, interval.bytes());
  }

  @Test
  void budgetFillsWithTimeButNoFurtherThanTheBurst() {
    sample(1_000, OPENED_NANOS);
    sample(1_000, OPENED_NANOS + 100 * SECOND_NANOS);
    assertEquals(1, interval.bytes());
    sample(1, OPENED_NANOS + 100 * SECOND_NANOS);
    assertEquals(128, interval.bytes());
  }

  @Test
  void slowScopeIsSampledWholeForever() {
    for (int second = 1; second <= 10_000; second++) {
      sample(500, OPENED_NANOS + second * SECOND_NANOS);
    }
    assertEquals(1, interval.bytes());
  }

  @Test
  void narrowsAgainWhenTheScopeHasSlowedDown() {
    sample(2_000, OPENED_NANOS);
    long wide = interval.bytes();
    assertTrue(wide > 512);
    for (int second = 1; second <= 2_000; second++) {
      sample(1, OPENED_NANOS + second * SECOND_NANOS);
    }
    assertEquals(128, interval.bytes());
  }

  @Test
  void neverExceedsItsLimit() {
    sample(20_000, OPENED_NANOS);
    assertEquals(1L << 32, interval.bytes());
  }

  @Test
  void fixedIntervalStaysWhateverItCosts() {
    SamplingInterval fixed = new SamplingInterval(SamplingBudget.fixed(4_096), OPENED_NANOS);
    for (int i = 0; i < 100_000; i++) {
      fixed.sampled(true, OPENED_NANOS, UNKNOWN);
    }
    assertEquals(4_096, fixed.bytes());
  }

  @Test
  void waitingForTheProcessorHardlyFillsTheBudget() {
    sampleEvery(4 * MILLI_NANOS, 2 * MILLI_NANOS);
    assertEquals(1, interval.bytes());
    sampleEvery(4 * MILLI_NANOS, MILLI_NANOS / 2);
    assertTrue(interval.bytes() > 1);
  }

  @Test
  void whatWasGivenAheadIsPaidBack() {
    long now = OPENED_NANOS;
    int samples = 0;
    while (interval.bytes() == 1 && samples < 100_000) {
      now += MILLI_NANOS / 2; // twice the budget: were nothing paid back, 2,000 samples long
      interval.sampled(true, now, UNKNOWN);
      samples++;
    }
    assertEquals(1_333, samples, 10);
  }

  @Test
  void firstSamplesOfSitesDoNotWidenTheInterval() {
    for (int site = 0; site < 100_000; site++) {
      interval.sampled(false, OPENED_NANOS, UNKNOWN);
    }
    assertEquals(1, interval.bytes());
  }

  @Test
  void firstSamplesOfSitesArePaidBack() {
    long now = payBackTheBurst();
    for (int site = 0; site < 300; site++) {
      interval.sampled(false, now, UNKNOWN);
    }
    // Within the budget, but each sample gets back but half of itself until the 300 are paid.
    for (int i = 0; i < 600; i++) {
      now += MILLI_NANOS;
      interval.sampled(true, now, UNKNOWN);
    }
    assertEquals(700, samplesUntilWider(now, 0));
  }

  @Test
  void debtIsLimited() {
    long now = payBackTheBurst();
    for (int site = 0; site < 1_000_000; site++) {
      interval.sampled(false, now, UNKNOWN);
    }
    interval.sampled(true, now + 20 * SECOND_NANOS, UNKNOWN); // 20,000 samples pay 10,000 back
    assertEquals(1_001, samplesUntilWider(now + 21 * SECOND_NANOS, 0));
  }

  @Test
  void samplesGivenAtAWideningArePaidBackToo() {
    long now = payBackTheBurst();
    sample(1_001, now);
    assertEquals(128, interval.bytes());
    // 125 were given; of 100 that come in half goes to them.
    interval.sampled(true, now + 100 * MILLI_NANOS, UNKNOWN);
    assertEquals(125 + 50, samplesUntilWider(now + 100 * MILLI_NANOS, 0));
  }

  @Test
  void waitingCountsASixteenth() {
    long now = payBackTheBurst();
    sample(1_000, now);
    interval.sampled(true, now + 1_600 * MILLI_NANOS, 0);
    assertEquals(99, samplesUntilWider(now + 1_600 * MILLI_NANOS, 0));
  }

  @Test
  void timeThatWasNotUsedIsKeptForASecond() {
    long now = payBackTheBurst();
    interval.sampled(true, now + 100 * SECOND_NANOS, 0);
    sample(999, now + 100 * SECOND_NANOS);
    interval.sampled(true, now + 100 * SECOND_NANOS, 500 * MILLI_NANOS);
    assertEquals(500, samplesUntilWider(now + 100 * SECOND_NANOS, 0));
  }

  @Test
  void eachNarrowingMustShowItsEffect() {
    sample(2_000, OPENED_NANOS);
    long wide = interval.bytes();
    long now = OPENED_NANOS + 100 * SECOND_NANOS;
    sample(1, now);
    assertEquals(wide / 2, interval.bytes());
    sample(1, now + 100 * MILLI_NANOS);
    assertEquals(wide / 2, interval.bytes());
    sample(1, now + 200 * MILLI_NANOS);
    assertEquals(wide / 4, interval.bytes());
  }

  @Test
  void unknownCpuTimeCountsAsWorkAllTheTime() {
    sampleEvery(4 * MILLI_NANOS, UNKNOWN);
    assertEquals(1, interval.bytes());
  }

  @Test
  void manyThreadsHaveOneThreadsBudget() {
    sampleEvery(MILLI_NANOS / 2, 4 * MILLI_NANOS);
    assertTrue(interval.bytes() > 1);
  }

  /** Long enough for the burst to be used up, were the budget a tenth too small. */
  private void sampleEvery(long passedNanos, long cpuNanos) {
    long now = OPENED_NANOS;
    for (int i = 0; i < 10_000; i++) {
      now += passedNanos;
      interval.sampled(true, now, cpuNanos);
    }
  }

  /** Sleeps until the burst is paid back and full again; returns the time. */
  private long payBackTheBurst() {
    long now = OPENED_NANOS + 10 * SECOND_NANOS;
    interval.sampled(false, now, UNKNOWN);
    now += 10 * SECOND_NANOS;
    interval.sampled(true, now, UNKNOWN);
    interval.sampled(false, now + 10 * SECOND_NANOS, UNKNOWN);
    return now + 10 * SECOND_NANOS;
  }

  private int samplesUntilWider(long nowNanos, long cpuNanos) {
    long before = interval.bytes();
    int samples = 0;
    while (interval.bytes() == before && samples < 100_000) {
      interval.sampled(true, nowNanos, cpuNanos);
      samples++;
    }
    return samples;
  }

  private void sample(int times, long nowNanos) {
    for (int i = 0; i < times; i++) {
      interval.sampled(true, nowNanos, UNKNOWN);
    }
  }
}
