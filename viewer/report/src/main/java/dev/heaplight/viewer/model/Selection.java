package dev.heaplight.viewer.model;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.text.FrameText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Which allocations a report is about. A pattern matches where it is found anywhere in a name; of
 * several patterns in one list, one must match; empty lists leave nothing out.
 *
 * @param threads patterns of the allocating thread's name
 * @param classes patterns of the allocated class's name, or of the kind of memory
 * @param include patterns of frames, {@code com.acme.Job.run}; a stack needs one that matches
 * @param exclude patterns of frames; a stack must have none that matches
 */
public record Selection(
    List<Pattern> threads, List<Pattern> classes, List<Pattern> include, List<Pattern> exclude) {
  /** Everything. */
  public static final Selection ALL = new Selection(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Selection {
    threads = List.copyOf(threads);
    classes = List.copyOf(classes);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Whether nothing is left out. */
  public boolean isAll() {
    return threads.isEmpty() && classes.isEmpty() && include.isEmpty() && exclude.isEmpty();
  }

  /** The selection in words, one for each list that is not empty. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    describe("threads named", threads, words);
    describe("classes named", classes, words);
    describe("stacks through", include, words);
    describe("stacks not through", exclude, words);
    return words;
  }

  private static void describe(String what, List<Pattern> patterns, List<String> words) {
    if (!patterns.isEmpty()) {
      words.add(what + " " + String.join(" or ", patterns.stream().map(Pattern::pattern).toList()));
    }
  }

  /** Those of {@code totals} that belong to the selection. */
  AllocationTotals of(AllocationTotals totals, Dictionary dictionary) {
    if (isAll()) {
      return totals;
    }
    boolean[] threadMatches =
        matches(dictionary.threadCount(), threads, n -> dictionary.thread(n).name());
    boolean[] classMatches = matches(dictionary.stringCount(), classes, dictionary::string);
    boolean[] included = stacksWith(include, dictionary);
    boolean[] excluded = stacksWith(exclude, dictionary);
    AllocationTotals selected = new AllocationTotals();
    for (int row = 0; row < totals.rows(); row++) {
      int stack = totals.stack(row);
      if ((threads.isEmpty() || threadMatches[totals.thread(row)])
          && (classes.isEmpty() || classMatches[totals.className(row)])
          && (include.isEmpty() || included[stack])
          && (exclude.isEmpty() || !excluded[stack])) {
        selected.addRow(totals, row);
      }
    }
    return selected;
  }

  /** Whether a frame of a stack matches, by stack number; callers have smaller numbers. */
  private static boolean[] stacksWith(List<Pattern> patterns, Dictionary dictionary) {
    boolean[] frames =
        matches(
            dictionary.frameCount(), patterns, frame -> FrameText.method(dictionary.frame(frame)));
    boolean[] stacks = new boolean[patterns.isEmpty() ? 0 : dictionary.stackCount()];
    for (int stack = 1; stack < stacks.length; stack++) {
      stacks[stack] = frames[dictionary.frameOf(stack)] || stacks[dictionary.parent(stack)];
    }
    return stacks;
  }

  private static boolean[] matches(int count, List<Pattern> patterns, IntFunction<String> nameOf) {
    boolean[] matches = new boolean[patterns.isEmpty() ? 0 : count];
    for (int i = 0; i < matches.length; i++) {
      String name = nameOf.apply(i);
      matches[i] = patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
    }
    return matches;
  }
}
