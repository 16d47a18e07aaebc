package dev.heaplight.cli;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Makes lines fit into the columns of a screen, of which some characters take two. */
final class ScreenLine {
  private ScreenLine() {}

  /** A text in one style, cut off where the screen ends. */
  static AttributedString of(String text, AttributedStyle style, int width) {
    return shortened(new AttributedString(text, style), width);
  }

  /** The line, cut off where the screen ends. */
  static AttributedString shortened(AttributedString line, int width) {
    if (line.columnLength() <= width) {
      return line;
    }
    return new AttributedStringBuilder()
        .append(line.columnSubSequence(0, Math.max(0, width - 1)))
        .append("\u2026")
        .toAttributedString();
  }

  /** A text in one style; of what does not fit its end, which tells most. */
  static AttributedString endOf(String text, AttributedStyle style, int width) {
    AttributedString whole = new AttributedString(text, style);
    int columns = whole.columnLength();
    if (columns <= width) {
      return whole;
    }
    AttributedString end = whole.columnSubSequence(columns - width, columns);
    // A wide character that begins before the end's first column is in it as a whole.
    return end.columnLength() <= width
        ? end
        : whole.columnSubSequence(columns - width + 1, columns);
  }
}
