package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.sample.StackTable;
import org.junit.jupiter.api.Test;

class StackSumsTest {
  private final StackSums sums = new StackSums();

  @Test
  void largestIsTheStackWithMostInAll() {
    sums.add(7, 60);
    sums.add(8, 100);
    sums.add(7, 50);
    assertEquals(7, sums.largest());
  }

  @Test
  void nothingIsLargestWhereNothingWasAdded() {
    assertEquals(StackTable.EMPTY, sums.largest());
    assertEquals(0, sums.memoryBytes());
  }

  @Test
  void sumsSurviveGrowth() {
    for (int stack = 0; stack < 10_000; stack++) {
      sums.add(stack * 64, 10);
    }
    sums.add(5_000 * 64, 1);
    assertEquals(5_000 * 64, sums.largest());
    sums.add(4_999 * 64, 2);
    assertEquals(4_999 * 64, sums.largest());
    assertTrue(sums.memoryBytes() >= 10_000 * 12, () -> "bytes=" + sums.memoryBytes());
  }

  @Test
  void nothingIsKeptOnceCleared() {
    sums.add(7, 60);
    sums.clear();
    assertEquals(StackTable.EMPTY, sums.largest());
    assertEquals(0, sums.memoryBytes());
    sums.add(8, 1);
    assertEquals(8, sums.largest());
  }
}
