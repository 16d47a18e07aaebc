package dev.heaplight.viewer.compare;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.FrameText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two views compared by stack and allocated class. A stack is the same when the texts of its frames
 * are, so the two may come from different processes and builds.
 *
 * @param base the older view
 * @param now the newer view
 * @param scale what figures of the base were multiplied by
 * @param changes stacks whose bytes or objects differ, largest growth first
 */
public record Comparison(MetricView base, MetricView now, double scale, List<Change> changes) {
  private static final Comparator<Change> LARGEST_GROWTH_FIRST =
      Comparator.comparingLong(Change::bytes)
          .thenComparingLong(Change::objects)
          .reversed()
          .thenComparing(Change::className)
          .thenComparing(change -> String.join("\n", change.frames()));

  /** Copies {@code changes}. */
  public Comparison {
    changes = List.copyOf(changes);
  }

  /** Whether lines tell stacks apart, and whether totals are made equal first. */
  public record Options(boolean ignoreLines, boolean normalise) {}

  private record Key(List<String> frames, String className) {}

  private static final class Sums {
    private long baseBytes;
    private long baseObjects;
    private long newBytes;
    private long newObjects;
  }

  /** Compares two views of one metric. */
  public static Comparison of(MetricView base, MetricView now, Options options) {
    Map<Key, Sums> sums = new HashMap<>();
    each(base, options, (key, row) -> addBase(sums, key, base.totals(), row));
    each(now, options, (key, row) -> addNew(sums, key, now.totals(), row));
    long baseTotal = base.totals().totalBytes();
    double scale =
        options.normalise() && baseTotal > 0 ? (double) now.totals().totalBytes() / baseTotal : 1;
    List<Change> changes = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          Change change =
              new Change(
                  key.frames(),
                  key.className(),
                  Math.round(sum.baseBytes * scale),
                  Math.round(sum.baseObjects * scale),
                  sum.newBytes,
                  sum.newObjects);
          if (change.bytes() != 0 || change.objects() != 0) {
            changes.add(change);
          }
        });
    changes.sort(LARGEST_GROWTH_FIRST);
    return new Comparison(base, now, scale, changes);
  }

  private interface RowSink {
    void accept(Key key, int row);
  }

  /** Texts are made once for each stack: there are fewer of those than of rows and frames. */
  private static void each(MetricView view, Options options, RowSink sink) {
    Dictionary dictionary = view.model().dictionary();
    AllocationTotals totals = view.totals();
    Map<Integer, List<String>> texts = new HashMap<>();
    String[] frames = new String[dictionary.frameCount()];
    for (int row = 0; row < totals.rows(); row++) {
      List<String> stack =
          texts.computeIfAbsent(
              totals.stack(row), number -> frames(dictionary, number, options, frames));
      sink.accept(new Key(stack, dictionary.string(totals.className(row))), row);
    }
  }

  private static List<String> frames(
      Dictionary dictionary, int stack, Options options, String[] known) {
    if (stack == Dictionary.EMPTY_STACK) {
      return List.of(FrameText.UNKNOWN_STACK);
    }
    List<String> frames = new ArrayList<>();
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      int number = dictionary.frameOf(at);
      if (known[number] == null) {
        Frame frame = dictionary.frame(number);
        known[number] =
            options.ignoreLines()
                ? frame.className() + "." + frame.methodName()
                : FrameText.stackTraceLine(frame);
      }
      frames.add(known[number]);
    }
    return frames;
  }

  private static void addBase(Map<Key, Sums> sums, Key key, AllocationTotals totals, int row) {
    Sums sum = sums.computeIfAbsent(key, unused -> new Sums());
    sum.baseBytes += totals.bytes(row);
    sum.baseObjects += totals.objects(row);
  }

  private static void addNew(Map<Key, Sums> sums, Key key, AllocationTotals totals, int row) {
    Sums sum = sums.computeIfAbsent(key, unused -> new Sums());
    sum.newBytes += totals.bytes(row);
    sum.newObjects += totals.objects(row);
  }
}
