package dev.heaplight.viewer.text;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Streams JSON without white space. {@code <} is written as an escape, so that the output may stand
 * inside an HTML script element whatever the strings hold. The caller keeps the nesting right.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final Appendable out;
  private boolean separate;

  /** Writes to {@code out}, which is neither flushed nor closed. */
  public JsonWriter(Appendable out) {
    this.out = out;
  }

  /** Opens an object or an array: <code>{</code> or {@code [}. */
  public JsonWriter open(char bracket) throws IOException {
    separate();
    out.append(bracket);
    separate = false;
    return this;
  }

  /** Closes an object or an array: <code>}</code> or {@code ]}. */
  public JsonWriter close(char bracket) throws IOException {
    out.append(bracket);
    separate = true;
    return this;
  }

  /** Writes a member's name; its value must follow. */
  public JsonWriter name(String name) throws IOException {
    value(name);
    out.append(':');
    separate = false;
    return this;
  }

  /** Writes a string, or null. */
  public JsonWriter value(@Nullable String value) throws IOException {
    separate();
    if (value == null) {
      out.append("null");
      return this;
    }
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    out.append('"');
    return this;
  }

  /** Writes a number, a boolean, or null. */
  public JsonWriter value(@Nullable Object literal) throws IOException {
    separate();
    out.append(String.valueOf(literal));
    return this;
  }

  /** Writes an integer. */
  public JsonWriter value(long value) throws IOException {
    separate();
    out.append(Long.toString(value));
    return this;
  }

  private void character(char c) throws IOException {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c < ' ' || c == '<' || c == 0x2028 || c == 0x2029) {
      out.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.append(HEX.charAt((c >> shift) & 0xF));
      }
    } else {
      out.append(c);
    }
  }

  private void separate() throws IOException {
    if (separate) {
      out.append(',');
    }
    separate = true;
  }
}
