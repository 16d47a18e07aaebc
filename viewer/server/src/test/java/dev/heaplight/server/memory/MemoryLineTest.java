package dev.heaplight.server.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLineTest {
  @Test
  void peakStaysWhenPointsAreThinnedOut() {
    List<MemoryLine.Point> points = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      points.add(new MemoryLine.Point(i, i == 7_331 ? 900 : 100, i == 41 ? 70 : 5, -1));
    }
    MemoryLine line = MemoryLine.of(points);
    assertTrue(line.points().size() <= 400, () -> "points=" + line.points().size());
    assertEquals(
        900, line.points().stream().mapToLong(p -> p.rssMinusSharedBytes()).max().getAsLong());
    assertEquals(70, line.points().stream().mapToLong(p -> p.heapUsedBytes()).max().getAsLong());
    assertEquals(
        7_331,
        line.points().stream()
            .filter(point -> point.rssMinusSharedBytes() == 900)
            .findFirst()
            .get()
            .timeMillis());
  }

  @Test
  void linesOfOneProcessAreUnitedInOrderOfTimeWithoutWhatLivedInScopes() {
    MemoryLine early =
        MemoryLine.of(
            List.of(new MemoryLine.Point(1, 10, 5, -1), new MemoryLine.Point(3, 30, 15, -1)));
    MemoryLine late =
        MemoryLine.of(
            List.of(new MemoryLine.Point(2, 20, 10, -1), new MemoryLine.Point(4, -1, -1, 7)));
    assertEquals(
        List.of(
            new MemoryLine.Point(1, 10, 5, -1),
            new MemoryLine.Point(2, 20, 10, -1),
            new MemoryLine.Point(3, 30, 15, -1)),
        MemoryLine.united(List.of(late, early)).points());
  }
}
