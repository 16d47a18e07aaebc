package dev.heaplight.format;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link PayloadWriter} wrote. A value that runs past the end or out of its range throws
 * {@link MalformedPayload}, which the reader turns into a corrupt recording with its offset.
 */
final class PayloadReader {
  /** Shift of an integer's tenth byte, of which only the lowest bit is left to be used. */
  private static final int LAST_SHIFT = 63;

  private final byte[] bytes;
  private final int end;
  private int position;

  PayloadReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw new MalformedPayload("an integer", "end of block");
      }
      byte next = bytes[position++];
      if (shift == LAST_SHIFT && (next & 0xFF) > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedPayload("an integer of at most 64 bits", "a longer one");
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A figure of 0 or more, or {@link Progress#UNKNOWN}. */
  long figure() {
    long value = unsigned() - 1;
    if (value < Progress.UNKNOWN) {
      throw new MalformedPayload("a figure of -1 or more", Long.toString(value));
    }
    return value;
  }

  /** A total of 0 or more. */
  long total() {
    long value = unsigned();
    if (value < 0) {
      throw new MalformedPayload("a total of 0 or more", Long.toString(value));
    }
    return value;
  }

  /** An index into a table that holds {@code limit} entries. */
  int index(int limit, String what) {
    long value = unsigned();
    if (value < 0 || value >= limit) {
      throw new MalformedPayload(what + " below " + limit, Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** A count of elements, of which each takes at least one byte of the payload. */
  int count(String what) {
    long value = unsigned();
    if (value < 0 || value > end - position) {
      throw new MalformedPayload(
          what + " count of at most " + (end - position), Long.toUnsignedString(value));
    }
    return (int) value;
  }

  String string() {
    int length = count("byte");
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  void expectEnd() {
    if (position != end) {
      throw new MalformedPayload("end of block", (end - position) + " more bytes");
    }
  }

  /** What was expected and what was found; never leaves this package. */
  static final class MalformedPayload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String actual;

    MalformedPayload(String expected, String actual) {
      super(expected, null, false, false);
      this.expected = expected;
      this.actual = actual;
    }

    String expected() {
      return expected;
    }

    String actual() {
      return actual;
    }
  }
}
