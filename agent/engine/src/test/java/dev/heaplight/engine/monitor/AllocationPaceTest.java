package dev.heaplight.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllocationPaceTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long FAST = AllocationPace.FAST_BYTES;

  private final AllocationPace pace = new AllocationPace();

  @Test
  void nothingIsFastBeforeAnythingWasNoted() {
    assertFalse(pace.isFast(100 * FAST, 0));
    assertTrue(pace.isFast(102 * FAST, MILLI), "from the first look on");
  }

  @Test
  void moreThanAMegabyteInATenthOfASecondIsFast() {
    pace.note(FAST, 0);
    assertFalse(pace.isFast(2 * FAST, 2 * MILLI));
    assertTrue(pace.isFast(2 * FAST + 1, 2 * MILLI));
    assertTrue(pace.isFast(2 * FAST + 1, 100 * MILLI));
  }

  @Test
  void theSameOverALongerTimeIsNot() {
    pace.note(0, 0);
    assertFalse(pace.isFast(2 * FAST, 200 * MILLI));
    assertTrue(pace.isFast(2 * FAST + 1, 200 * MILLI));
  }

  @Test
  void anIdleWorkerIsNotFastHoweverMuchItHasAllocated() {
    pace.note(1_000 * FAST, 0);
    assertFalse(pace.isFast(1_000 * FAST, 50 * MILLI));
  }

  @Test
  void whereATaskWasClosedComparisonBeginsAnew() {
    pace.note(10 * FAST, 0);
    assertFalse(pace.isFast(FAST, MILLI));
    assertFalse(pace.isFast(2 * FAST, 2 * MILLI));
    assertTrue(pace.isFast(2 * FAST + 1, 3 * MILLI));
  }

  @Test
  void aNoteIsDueAtFirstAndThenAfterATime() {
    assertTrue(pace.isDue(5, 10));
    pace.note(0, 5);
    assertFalse(pace.isDue(14, 10));
    assertTrue(pace.isDue(15, 10));
  }
}
