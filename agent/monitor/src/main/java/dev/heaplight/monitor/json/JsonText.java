package dev.heaplight.monitor.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers and booleans as JSON, RFC 8259. */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder();
  private final boolean indented;

  private JsonText(boolean indented) {
    this.indented = indented;
  }

  /** The value with a line for each member, and a line feed at the end. */
  public static String indented(Object value) {
    JsonText json = new JsonText(true);
    json.value(value, 0);
    return json.text.append('\n').toString();
  }

  /** The value in one line, without a line feed. */
  public static String line(Object value) {
    JsonText json = new JsonText(false);
    json.value(value, 0);
    return json.text.toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> members) {
      object(members, depth);
    } else if (value instanceof List<?> elements) {
      array(elements, depth);
    } else if (value instanceof Double number) {
      text.append(
          number.isNaN() || number.isInfinite()
              ? "null"
              : String.format(Locale.ROOT, "%.6f", number));
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      string(value.toString());
    }
  }

  private void object(Map<?, ?> members, int depth) {
    text.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(first ? "" : ",");
      newLine(depth + 1);
      string(String.valueOf(member.getKey()));
      text.append(indented ? ": " : ":");
      value(member.getValue(), depth + 1);
      first = false;
    }
    if (!first) {
      newLine(depth);
    }
    text.append('}');
  }

  private void array(List<?> elements, int depth) {
    text.append('[');
    boolean first = true;
    for (Object element : elements) {
      text.append(first ? "" : ",");
      newLine(depth + 1);
      value(element, depth + 1);
      first = false;
    }
    if (!first) {
      newLine(depth);
    }
    text.append(']');
  }

  private void newLine(int depth) {
    if (indented) {
      text.append('\n').append("  ".repeat(depth));
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alone = Character.isSurrogate(c) && !isPaired(value, i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || alone) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX.charAt((c >> shift) & 0xF));
        }
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  private static boolean isPaired(String value, int at) {
    char c = value.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
  }
}
