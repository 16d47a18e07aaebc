package dev.heaplight.viewer.budget;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.StackText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stack that has much of a metric.
 *
 * @param className the class it allocated, or the kind of memory
 * @param bytes bytes of the metric
 * @param share of all bytes of the metric
 * @param frames frames as in a stack trace, innermost first
 */
public record Culprit(String className, long bytes, double share, List<String> frames) {
  private record Key(int stack, int className) {}

  /** Copies {@code frames}. */
  public Culprit {
    frames = List.copyOf(frames);
  }

  /** The stacks with most bytes of {@code view}, threads together, at most {@code wanted}. */
  static List<Culprit> largest(MetricView view, int wanted) {
    AllocationTotals totals = view.totals();
    Map<Key, Long> sums = new HashMap<>();
    for (int row = 0; row < totals.rows(); row++) {
      sums.merge(new Key(totals.stack(row), totals.className(row)), totals.bytes(row), Long::sum);
    }
    Dictionary dictionary = view.model().dictionary();
    List<Map.Entry<Key, Long>> ranked = new ArrayList<>(sums.entrySet());
    ranked.sort(
        Map.Entry.<Key, Long>comparingByValue()
            .reversed()
            .thenComparing(entry -> dictionary.string(entry.getKey().className()))
            .thenComparing(
                (a, b) -> StackText.compare(dictionary, a.getKey().stack(), b.getKey().stack())));
    return ranked.stream()
        .filter(entry -> entry.getValue() > 0)
        .limit(wanted)
        .map(
            entry ->
                new Culprit(
                    dictionary.string(entry.getKey().className()),
                    entry.getValue(),
                    (double) entry.getValue() / totals.totalBytes(),
                    StackText.lines(dictionary, entry.getKey().stack())))
        .toList();
  }
}
