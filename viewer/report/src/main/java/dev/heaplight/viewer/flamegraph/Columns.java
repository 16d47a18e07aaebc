package dev.heaplight.viewer.flamegraph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes columns of numbers as {@code columns.js} reads them: seven bits in a byte, the lowest
 * first, the eighth bit set where more follow. Not thread-safe.
 */
final class Columns {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int length;

  Columns(OutputStream out) {
    this.out = out;
  }

  /** A number that is not negative. */
  void number(long value) throws IOException {
    if (value < 0) {
      throw new IllegalArgumentException("a column holds no negative number: value=" + value);
    }
    if (length > buffer.length - 10) {
      flush();
    }
    long rest = value;
    while (rest > 0x7F) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /** A text with its length in bytes before it. */
  void text(CharSequence text) throws IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    flush();
    out.write(bytes);
  }

  /** Numbers that never fall, as their differences. */
  void rising(int[] values) throws IOException {
    int last = 0;
    for (int value : values) {
      number(value - last);
      last = value;
    }
  }

  void numbers(int[] values) throws IOException {
    for (int value : values) {
      number(value);
    }
  }

  void numbers(long[] values) throws IOException {
    for (long value : values) {
      number(value);
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
