package dev.heaplight.viewer.compare;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.text.StackText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What differs in a comparison, ranked.
 *
 * @param comparison what was compared
 * @param all every change, largest growth first, largest shrinkage last
 */
public record Changes(Comparison comparison, List<Change> all) {
  /** Copies {@code all}. */
  public Changes {
    all = List.copyOf(all);
  }

  /** Ranks the changes of {@code comparison}; equal ones by the text of class and stack. */
  public static Changes of(Comparison comparison) {
    List<Change> all = new ArrayList<>();
    for (int row = 0; row < comparison.rows(); row++) {
      Change change = comparison.row(row);
      if (change.kind() != ChangeKind.SAME) {
        all.add(change);
      }
    }
    Dictionary dictionary = comparison.dictionary();
    all.sort(
        Comparator.comparingLong(Change::grownBytes)
            .reversed()
            .thenComparing(change -> dictionary.string(change.className()))
            .thenComparing((a, b) -> StackText.compare(dictionary, a.stack(), b.stack())));
    return new Changes(comparison, all);
  }

  /** The changes of a kind, the largest first. */
  public List<Change> of(ChangeKind kind) {
    List<Change> found = new ArrayList<>(all.stream().filter(c -> c.kind() == kind).toList());
    if (kind == ChangeKind.SHRANK || kind == ChangeKind.GONE) {
      found.sort(Comparator.comparingLong(Change::grownBytes));
    }
    return found;
  }

  /**
   * Kinds that there are, in the order a report shows them: what became more before what became
   * less, and of each two the one with the largest change first.
   */
  public List<ChangeKind> kinds() {
    Map<ChangeKind, Long> largest = new EnumMap<>(ChangeKind.class);
    all.forEach(change -> largest.merge(change.kind(), Math.abs(change.grownBytes()), Math::max));
    Comparator<ChangeKind> lessLast =
        Comparator.comparing(kind -> kind == ChangeKind.SHRANK || kind == ChangeKind.GONE);
    return largest.keySet().stream()
        .sorted(
            lessLast.thenComparing(
                Comparator.comparingLong((ChangeKind kind) -> largest.getOrDefault(kind, 0L))
                    .reversed()))
        .toList();
  }
}
