package dev.heaplight.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CollectionClockTest {
  private final CollectionClock clock = new CollectionClock();

  @Test
  void collectionTicksIt() {
    int before = clock.collections();
    System.gc();
    assertTrue(clock.collections() > before);
  }

  @Test
  void countingWhatTheJvmToldMovesItForwardOnly() {
    clock.count(5);
    assertEquals(5, clock.collections());
    clock.count(3);
    assertTrue(clock.collections() >= 5);
  }
}
