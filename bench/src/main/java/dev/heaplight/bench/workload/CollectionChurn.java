package dev.heaplight.bench.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One operation fills maps, lists and queues, streams over them and lets them go. */
final class CollectionChurn implements Workload {
  private static final int ELEMENTS = 1_000;

  @Override
  public long operate(int number) {
    Map<Integer, String> byHash = new HashMap<>();
    Map<String, Integer> inOrder = new LinkedHashMap<>();
    TreeMap<Integer, List<Integer>> sorted = new TreeMap<>();
    Deque<int[]> queue = new ArrayDeque<>();
    for (int i = 0; i < ELEMENTS; i++) {
      int key = (number * 7 + i * 13) % 5_003;
      String text = Integer.toString(key);
      byHash.put(key, text);
      inOrder.merge(text, 1, Integer::sum);
      sorted.computeIfAbsent(key % 61, unused -> new ArrayList<>()).add(key);
      queue.addLast(new int[] {key, i});
      if (queue.size() > 64) {
        queue.removeFirst();
      }
    }
    List<String> largest =
        byHash.values().stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .limit(50)
            .collect(Collectors.toList());
    return (long) largest.size()
        + inOrder.size()
        + sorted.values().stream().mapToInt(List::size).max().orElse(0)
        + queue.getFirst()[0];
  }
}
