package dev.heaplight.viewer.records;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One line of text: the record's name, then {@code key=value} with strings in quotes. */
final class RecordLine {
  private final Appendable out;
  private final StringBuilder line = new StringBuilder();

  RecordLine(Appendable out) {
    this.out = out;
  }

  RecordLine start(String record) {
    line.setLength(0);
    line.append(record);
    return this;
  }

  RecordLine number(String key, long value) {
    line.append(' ').append(key).append('=').append(value);
    return this;
  }

  /** A figure, which may not be known. */
  RecordLine figure(String key, long value) {
    if (value != Progress.UNKNOWN) {
      return number(key, value);
    }
    line.append(' ').append(key).append("=unknown");
    return this;
  }

  /** A string of the recording's, whatever it holds: quotes and backslashes get a backslash. */
  RecordLine string(String key, String value) {
    line.append(' ').append(key).append("=\"");
    String safe = PlainText.oneLine(value.replace("\\", "\\\\").replace("\"", "\\\""));
    line.append(safe).append('"');
    return this;
  }

  /** Text to the end of the line. */
  RecordLine rest(String text) {
    line.append(' ').append(text);
    return this;
  }

  void end() {
    try {
      out.append(line).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
