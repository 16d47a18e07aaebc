package dev.heaplight.engine.live;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.LiveSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums survivors by the numbers a recording has for their origins. Not thread-safe. */
final class SnapshotBuilder {
  private final Map<List<Integer>, double[]> sums = new TreeMap<>(SnapshotBuilder::compare);
  private long samples;

  void add(int[] numbers, double objects, double bytes) {
    double[] sum =
        sums.computeIfAbsent(List.of(numbers[0], numbers[1], numbers[2]), unused -> new double[2]);
    sum[0] += objects;
    sum[1] += bytes;
    samples++;
  }

  LiveSnapshot snapshot(Moment moment) {
    int count = sums.size();
    int[][] numbers = new int[3][count];
    long[] objects = new long[count];
    long[] bytes = new long[count];
    List<Map.Entry<List<Integer>, double[]>> entries = new ArrayList<>(sums.entrySet());
    for (int i = 0; i < count; i++) {
      for (int column = 0; column < numbers.length; column++) {
        numbers[column][i] = entries.get(i).getKey().get(column);
      }
      objects[i] = Math.round(entries.get(i).getValue()[0]);
      bytes[i] = Math.round(entries.get(i).getValue()[1]);
    }
    return new LiveSnapshot(
        new LiveHeader(
            LiveKind.SURVIVORS,
            moment.elapsedMillis(),
            moment.collection(),
            moment.collector(),
            samples),
        numbers[0],
        numbers[1],
        numbers[2],
        objects,
        bytes);
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Integer.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
