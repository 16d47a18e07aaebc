package dev.heaplight.viewer.text;

/**
 * Names from a recording made safe for a terminal or a line-based format. Control characters could
 * end a line or drive the terminal, direction marks could reorder what is shown.
 */
public final class PlainText {
  private PlainText() {}

  /** {@code text} with each such character written as its code, for instance {@code \\u001b}. */
  public static String oneLine(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean hidden = isHidden(c);
      if (hidden && safe == null) {
        safe = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (safe != null) {
        if (hidden) {
          safe.append(String.format("\\u%04x", (int) c));
        } else {
          safe.append(c);
        }
      }
    }
    return safe == null ? text : safe.toString();
  }

  /** Whether {@code c} is a control, separator or direction character, or none at all. */
  public static boolean isHidden(char c) {
    return Character.isISOControl(c)
        || c == 0x061C
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x2069)
        || c == 0xFEFF
        || c >= 0xFFFE;
  }
}
