package dev.heaplight.monitor.act;

import static dev.heaplight.monitor.FakeNode.MB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.account.MemoryLevel;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final long MILLI = 1_000_000;

  private final Growth growth = new Growth();

  @Test
  void looksAreRareWhereThereIsRoomAndCloseWhereThereIsLittle() {
    growth.note(0, level("host", 0));
    assertEquals(250 * MILLI, growth.lookNanos(10_000 * MB, 250));
    assertEquals(1_000 * MILLI, growth.lookNanos(10_000 * MB, 1_000));
    assertEquals(10 * MILLI, growth.lookNanos(50 * MB, 250));
    assertEquals(10 * MILLI, growth.lookNanos(0, 250) * 10); // over it: as often as can be
  }

  @Test
  void growthThatWasSeenBringsTheNextLookForward() {
    growth.note(0, level("host", 0));
    growth.note(10 * MILLI, level("host", 20 * MB));
    assertEquals(20.0 * MB * 100, growth.bytesPerSecond(), 1);
    assertTrue(growth.isSteep());
    assertEquals(5 * MILLI, growth.nanosUntil(30 * MB));
    assertEquals(2_500_000, growth.lookNanos(30 * MB, 250));
  }

  @Test
  void oneQuietLookIsNotTheEndOfAClimb() {
    growth.note(0, level("host", 0));
    growth.note(10 * MILLI, level("host", 20 * MB));
    growth.note(20 * MILLI, level("host", 20 * MB));
    assertTrue(growth.climbs());
    for (int look = 3; look < 12; look++) {
      growth.note(look * 10L * MILLI, level("host", 20 * MB));
    }
    assertFalse(growth.climbs());
  }

  @Test
  void whatTheKernelChargesInAdvanceIsNoClimb() {
    growth.note(0, level("host", 0));
    for (int look = 1; look <= 40; look++) {
      growth.note(look * MILLI, level("host", look % 4 == 0 ? 64 << 10 : 0));
    }
    assertFalse(growth.climbs());
  }

  @Test
  void boundIsReachedAtTheLeastGrowthOfTheLastTwoTimes20Milliseconds() {
    growth.note(0, level("host", 0));
    growth.note(20 * MILLI, level("host", 40 * MB)); // 2 MB in a millisecond
    assertFalse(growth.reaches(50 * MB, 20 * MILLI), "one large object");
    growth.note(40 * MILLI, level("host", 80 * MB));
    assertTrue(growth.reaches(100 * MB, 20 * MILLI));
    assertFalse(growth.reaches(121 * MB, 20 * MILLI));
    growth.note(60 * MILLI, level("host", 81 * MB));
    assertFalse(growth.reaches(100 * MB, 20 * MILLI), "it has slowed down");
  }

  @Test
  void oneLargeObjectIsNotTheGrowthThereIs() {
    for (int look = 0; look < 40; look++) {
      growth.note(look * MILLI, level("host", 4 * MB * (look / 20))); // 4 MB each 20 ms
    }
    growth.note(40 * MILLI, level("host", 8 * MB));
    assertTrue(growth.nanosUntil(188 * MB) < 80 * MILLI);
    assertTrue(growth.nanosUntilSteadily(188 * MB) > 400 * MILLI);
  }

  @Test
  void slowGrowthIsAClimbOverSomeTime() {
    for (int look = 0; look <= 40; look++) {
      growth.note(look * MILLI, level("host", look * (20L << 10)));
    }
    assertTrue(growth.climbs());
    assertFalse(growth.isSteep());
  }

  private static MemoryLevel level(String path, long used) {
    return new MemoryLevel(MemoryLevel.Kind.HOST, path, used, 16_000 * MB, 0);
  }
}
