package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllocationTotalsTest {
  @Test
  void rowsAgreeWithAMapWhileTheTableGrows() {
    AllocationTotals totals = new AllocationTotals();
    Map<List<Integer>, Long> expected = new HashMap<>();
    Random random = new Random(7);
    long sum = 0;
    for (int i = 0; i < 60_000; i++) {
      int stack = random.nextInt(5_000);
      int className = random.nextInt(3);
      int thread = random.nextInt(2);
      totals.add(stack, className, thread, 1, i);
      expected.merge(List.of(stack, className, thread), (long) i, Long::sum);
      sum += i;
    }
    assertEquals(expected.size(), totals.rows());
    for (int row = 0; row < totals.rows(); row++) {
      List<Integer> key = List.of(totals.stack(row), totals.className(row), totals.thread(row));
      assertEquals(expected.get(key), totals.bytes(row));
    }
    assertEquals(sum, totals.totalBytes());
    assertEquals(60_000, totals.totalObjects());
  }
}
