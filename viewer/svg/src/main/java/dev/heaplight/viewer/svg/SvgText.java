package dev.heaplight.viewer.svg;

import dev.heaplight.viewer.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * Text cut to the room it has. Widths are estimated from above: the reader of the picture chooses
 * the font, and no fixed-width font in use is wider than 0.62 of its size.
 */
final class SvgText {
  private static final double WIDEST_ADVANCE = 0.62;
  private static final String ELLIPSIS = "\u2026";
  private static final char REPLACEMENT = '\ufffd';

  private SvgText() {}

  /** {@code text} without what would hide or reorder it, and without what UTF-8 cannot hold. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(PlainText.oneLine(text));
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < clean.length()
          && Character.isLowSurrogate(clean.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean.toString();
  }

  /**
   * {@code text} as JFreeSVG must be given it: it escapes all but an ampersand that already looks
   * like the start of an escape, and would show a name that holds such text as another one.
   */
  static String escape(String text) {
    return text.replace("&", "&amp;");
  }

  /** Pixels {@code text} takes at most in a fixed-width font. */
  static double width(String text, int fontSize) {
    return text.codePoints().map(SvgText::columns).sum() * fontSize * WIDEST_ADVANCE;
  }

  /**
   * {@code text} if it fits, its beginning with an ellipsis if not, nothing if even that is long.
   */
  static String fit(String text, double room, int fontSize) {
    if (width(text, fontSize) <= room) {
      return text;
    }
    double used = width(ELLIPSIS, fontSize);
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += columns(c) * fontSize * WIDEST_ADVANCE;
      if (used > room) {
        break;
      }
      end += Character.charCount(c);
    }
    return end == 0 ? "" : text.substring(0, end) + ELLIPSIS;
  }

  /** {@code text} in lines of at most {@code room} pixels, broken at spaces where possible. */
  static List<String> wrap(String text, double room, int fontSize) {
    int columns = Math.max(1, (int) (room / (fontSize * WIDEST_ADVANCE)));
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.codePoints().map(SvgText::columns).sum() > columns) {
      int end = prefix(rest, columns);
      int space = rest.lastIndexOf(' ', end);
      int cut = space > 0 ? space : end;
      lines.add(rest.substring(0, cut));
      rest = rest.substring(cut).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int prefix(String text, int columns) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += columns(c);
      if (used > columns && end > 0) {
        return end;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /** East Asian characters and emoji take two columns; to be on the safe side, so does the rest. */
  private static int columns(int codePoint) {
    return codePoint < 0x300 || codePoint == ELLIPSIS.charAt(0) ? 1 : 2;
  }
}
