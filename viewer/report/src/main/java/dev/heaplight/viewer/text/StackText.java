package dev.heaplight.viewer.text;

import dev.heaplight.format.Dictionary;
import java.util.ArrayList;
import java.util.List;

/** Stacks as text. */
public final class StackText {
  private StackText() {}

  /** Frames as in a stack trace, innermost first; of the empty stack, that it is not known. */
  public static List<String> lines(Dictionary dictionary, int stack) {
    List<String> lines = new ArrayList<>();
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      lines.add(FrameText.stackTraceLine(dictionary.frame(dictionary.frameOf(at))));
    }
    return lines.isEmpty() ? List.of(FrameText.UNKNOWN_STACK) : lines;
  }

  /** Orders stacks by the text of their frames, innermost first; a shorter one comes first. */
  public static int compare(Dictionary dictionary, int one, int other) {
    int a = one;
    int b = other;
    while (a != b) {
      if (a == Dictionary.EMPTY_STACK || b == Dictionary.EMPTY_STACK) {
        return a == Dictionary.EMPTY_STACK ? -1 : 1;
      }
      int frameA = dictionary.frameOf(a);
      int frameB = dictionary.frameOf(b);
      if (frameA != frameB) {
        int order =
            FrameText.stackTraceLine(dictionary.frame(frameA))
                .compareTo(FrameText.stackTraceLine(dictionary.frame(frameB)));
        if (order != 0) {
          return order;
        }
      }
      a = dictionary.parent(a);
      b = dictionary.parent(b);
    }
    return 0;
  }

  /**
   * Frames as in a stack trace, innermost first, safe for a terminal; those left out are counted in
   * a line of their own.
   *
   * @param frames how many to show at most, unless only one more would be left out
   */
  public static List<String> lines(Dictionary dictionary, int stack, int frames) {
    List<String> all = lines(dictionary, stack).stream().map(PlainText::oneLine).toList();
    if (all.size() <= frames + 1) {
      return all;
    }
    List<String> shown = new ArrayList<>(all.subList(0, frames));
    shown.add("... " + Figures.count(all.size() - (long) frames) + " more frames");
    return shown;
  }
}
