package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamplingIntervalTest {
  private static final long OPENED_NANOS = -5_000_000_000L; // nanoTime may be negative
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** At the assumed price of 10 us a sample this is 5,000 samples a second. */
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
    sample(250, OPENED_NANOS);
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
      sample(1_000, OPENED_NANOS + second * SECOND_NANOS);
    }
    assertEquals(1, interval.bytes());
  }

  @Test
  void narrowsAgainWhenTheScopeHasSlowedDown() {
    sample(2_000, OPENED_NANOS);
    long wide = interval.bytes();
    assertTrue(wide > 512);
    for (int second = 1; second <= 1_000; second++) {
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
      fixed.sampled(OPENED_NANOS);
    }
    assertEquals(4_096, fixed.bytes());
  }

  private void sample(int times, long nowNanos) {
    for (int i = 0; i < times; i++) {
      interval.sampled(nowNanos);
    }
  }
}
