package dev.heaplight.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing payload: unsigned LEB128 integers and length-prefixed UTF-8 strings. */
final class PayloadWriter {
  private static final int INITIAL_BYTES = 512;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Appends {@code value} as unsigned LEB128, 1 to 10 bytes. */
  void unsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends {@code value} zigzag-coded, so that small negative values stay short. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  /**
   * Appends a total of 0 or more. Anything less is written as 0: a clock that went back must not
   * make the recording unreadable.
   */
  void total(long value) {
    unsigned(Math.max(0, value));
  }

  /**
   * Appends a figure of 0 or more, or {@link Progress#UNKNOWN}, as {@code value + 1}. Anything less
   * is unknown.
   */
  void figure(long value) {
    unsigned(Math.max(Progress.UNKNOWN, value) + 1);
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  void append(PayloadWriter other) {
    ensure(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
