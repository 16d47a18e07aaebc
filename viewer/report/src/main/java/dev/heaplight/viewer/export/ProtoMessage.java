package dev.heaplight.viewer.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message in protocol buffers' wire format, as far as profiles need it: integers, strings, nested
 * messages and packed integers. Reused after {@link #clear}. Not thread-safe.
 *
 * <p>Source: protobuf.dev, "Encoding".
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int TYPE_BITS = 3;

  private byte[] bytes = new byte[64];
  private int length;

  ProtoMessage clear() {
    length = 0;
    return this;
  }

  /** Adds an integer; 0, the default, takes no room. */
  ProtoMessage integer(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  ProtoMessage string(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return raw(field, utf8, utf8.length);
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return raw(field, value.bytes, value.length);
  }

  /** Adds the first {@code count} of {@code values}, zeros included. */
  ProtoMessage packed(int field, long[] values, int count) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += varintLength(values[i]);
    }
    tag(field, LENGTH_DELIMITED);
    varint(size);
    for (int i = 0; i < count; i++) {
      varint(values[i]);
    }
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  private ProtoMessage raw(int field, byte[] value, int valueLength) {
    tag(field, LENGTH_DELIMITED);
    varint(valueLength);
    room(valueLength);
    System.arraycopy(value, 0, bytes, length, valueLength);
    length += valueLength;
    return this;
  }

  private void tag(int field, int type) {
    varint((long) field << TYPE_BITS | type);
  }

  private void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private static int varintLength(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
