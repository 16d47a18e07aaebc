package dev.heaplight.viewer.stats;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.FrameText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All groups of a view, the largest first. Their bytes and objects sum up to the view's.
 *
 * @param by what a group is
 * @param byObjects whether the most objects come first, otherwise the most bytes
 * @param groups the groups
 */
public record Ranking(Grouping by, boolean byObjects, List<Group> groups) {
  /** Copies {@code groups}. */
  public Ranking {
    groups = List.copyOf(groups);
  }

  private record Key(String name, String className) {}

  private static final class Sum {
    private long bytes;
    private long objects;
  }

  /** The ranking of {@code view}. */
  public static Ranking of(MetricView view, Grouping by, boolean byObjects) {
    AllocationTotals totals = view.totals();
    Dictionary dictionary = view.model().dictionary();
    Map<Long, Sum> sums = new HashMap<>();
    for (int row = 0; row < totals.rows(); row++) {
      Sum sum = sums.computeIfAbsent(number(totals, row, by, dictionary), key -> new Sum());
      sum.bytes += totals.bytes(row);
      sum.objects += totals.objects(row);
    }
    // Different frames and threads can have one name.
    Map<Key, Sum> named = new HashMap<>();
    sums.forEach(
        (number, sum) -> {
          Sum all = named.computeIfAbsent(key(number, by, dictionary), key -> new Sum());
          all.bytes += sum.bytes;
          all.objects += sum.objects;
        });
    Comparator<Group> smallestFirst =
        byObjects
            ? Comparator.comparingLong(Group::objects).thenComparingLong(Group::bytes)
            : Comparator.comparingLong(Group::bytes);
    List<Group> groups =
        named.entrySet().stream()
            .map(entry -> group(entry.getKey(), entry.getValue()))
            .sorted(
                smallestFirst.reversed().thenComparing(Group::name).thenComparing(Group::className))
            .toList();
    return new Ranking(by, byObjects, groups);
  }

  private static Group group(Key key, Sum sum) {
    return new Group(key.name(), key.className(), sum.bytes, sum.objects);
  }

  /** What a row belongs to: a frame's number and a class's in one, or a number alone. */
  private static long number(AllocationTotals totals, int row, Grouping by, Dictionary dictionary) {
    int stack = totals.stack(row);
    int frame = stack == Dictionary.EMPTY_STACK ? -1 : dictionary.frameOf(stack);
    return switch (by) {
      case SITE -> (long) frame << Integer.SIZE | totals.className(row);
      case CLASS -> totals.className(row);
      case PACKAGE -> frame;
      case THREAD -> totals.thread(row);
    };
  }

  private static Key key(long number, Grouping by, Dictionary dictionary) {
    return switch (by) {
      case SITE ->
          new Key(
              number < 0
                  ? FrameText.UNKNOWN_STACK
                  : FrameText.stackTraceLine(dictionary.frame((int) (number >> Integer.SIZE))),
              dictionary.string((int) number));
      case CLASS -> new Key(dictionary.string((int) number), "");
      case PACKAGE ->
          new Key(
              number < 0 ? FrameText.UNKNOWN_STACK : packageOf(dictionary.frame((int) number)), "");
      case THREAD -> new Key(dictionary.thread((int) number).name(), "");
    };
  }

  private static String packageOf(Frame frame) {
    int dot = frame.className().lastIndexOf('.');
    return dot <= 0 ? "[no package]" : frame.className().substring(0, dot);
  }
}
