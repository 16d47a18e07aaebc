package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SamplingIntervalTest {
  private static final long OPENED_NANOS = -5_000_000_000L; // nanoTime may be negative
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final SamplingInterval interval = new SamplingInterval(OPENED_NANOS);

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
  void budgetGrowsWithTime() {
    sample(1_000, OPENED_NANOS);
    sample(1_000, OPENED_NANOS + SECOND_NANOS);
    assertEquals(1, interval.bytes());
    sample(1, OPENED_NANOS + SECOND_NANOS);
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
  void neverExceedsItsLimit() {
    sample(20_000, OPENED_NANOS);
    assertEquals(1L << 32, interval.bytes());
  }

  private void sample(int times, long nowNanos) {
    for (int i = 0; i < times; i++) {
      interval.sampled(nowNanos);
    }
  }
}
