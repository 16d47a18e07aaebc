package dev.heaplight.viewer.stats;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stacks with the most bytes of a view, written like a stack trace. */
public final class HeaviestStacks {
  private record Key(int stack, int className) {}

  private HeaviestStacks() {}

  /** Writes the {@code top} heaviest stacks, threads together, with their share of the view. */
  public static void write(MetricView view, int top, Appendable out) throws IOException {
    AllocationTotals totals = view.totals();
    Map<Key, Long> bytes = new HashMap<>();
    for (int row = 0; row < totals.rows(); row++) {
      bytes.merge(new Key(totals.stack(row), totals.className(row)), totals.bytes(row), Long::sum);
    }
    List<Map.Entry<Key, Long>> heaviest =
        bytes.entrySet().stream()
            .sorted(
                Map.Entry.<Key, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(entry -> entry.getKey().stack())
                    .thenComparing(entry -> entry.getKey().className()))
            .limit(top)
            .toList();
    double total = Math.max(1, totals.totalBytes());
    Dictionary dictionary = view.model().dictionary();
    for (Map.Entry<Key, Long> entry : heaviest) {
      out.append("  ").append(Figures.bytes(entry.getValue())).append(", ");
      out.append(Figures.percent(entry.getValue() / total)).append(": ");
      out.append(PlainText.oneLine(dictionary.string(entry.getKey().className()))).append('\n');
      frames(dictionary, entry.getKey().stack(), out);
    }
  }

  private static void frames(Dictionary dictionary, int stack, Appendable out) throws IOException {
    if (stack == Dictionary.EMPTY_STACK) {
      out.append("    at ").append(FrameText.UNKNOWN_STACK).append('\n');
    }
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      String frame = FrameText.stackTraceLine(dictionary.frame(dictionary.frameOf(at)));
      out.append("    at ").append(PlainText.oneLine(frame)).append('\n');
    }
  }
}
