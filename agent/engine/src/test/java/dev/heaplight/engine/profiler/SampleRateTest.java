package dev.heaplight.engine.profiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SampleRateTest {
  private static final long FIRST = 512 << 10;
  private static final long SECOND = 1_000_000_000;

  private final SampleRate rate = new SampleRate(FIRST, false);

  @Test
  void isWidenedSoFarThatTheRateIsWithinTheBudget() {
    rate.begin(0, 0);
    rate.add(2_500);
    assertEquals(FIRST * 16, rate.adapted(SECOND, SECOND));
    rate.add(2_500 / 16);
    assertEquals(FIRST * 16, rate.adapted(2 * SECOND, 2 * SECOND));
  }

  @Test
  void processThatGetsLittleOfTheProcessorTakesFewerSamples() {
    rate.begin(0, 0);
    rate.add(200);
    assertEquals(FIRST * 4, rate.adapted(SECOND, SECOND / 5), "1,000 a second of its own");
  }

  @Test
  void manyProcessorsTakeNoMoreThanOne() {
    rate.begin(0, 0);
    rate.add(700);
    assertEquals(FIRST * 4, rate.adapted(SECOND, 8 * SECOND));
  }

  @Test
  void isNarrowedStepByStepWhenSamplesAreFewButNotBelowTheFirst() {
    rate.begin(0, 0);
    rate.add(1_000);
    assertEquals(FIRST * 4, rate.adapted(SECOND, SECOND));
    assertEquals(FIRST * 2, rate.adapted(2 * SECOND, 2 * SECOND));
    assertEquals(FIRST, rate.adapted(3 * SECOND, 3 * SECOND));
    assertEquals(FIRST, rate.adapted(4 * SECOND, 4 * SECOND));
  }

  @Test
  void manySamplesAreNotLeftToCostForAWholeSecond() {
    rate.begin(0, 0);
    assertFalse(rate.isDue(SECOND / 20));
    rate.add(SampleRate.MAX_PER_SECOND + 1);
    assertTrue(rate.isDue(SECOND / 20));
    assertEquals(FIRST * 32, rate.adapted(SECOND / 20, -1));
    assertFalse(rate.isDue(SECOND / 10));
    assertTrue(rate.isDue(SECOND + SECOND / 20));
  }

  @Test
  void fixedIntervalStays() {
    SampleRate fixed = new SampleRate(4_096, true);
    fixed.begin(0, 0);
    fixed.add(1_000_000);
    assertEquals(4_096, fixed.adapted(SECOND, SECOND));
  }
}
