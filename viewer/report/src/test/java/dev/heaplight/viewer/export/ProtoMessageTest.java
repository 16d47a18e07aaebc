package dev.heaplight.viewer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of the encoding's documentation, and its ends. */
class ProtoMessageTest {
  private final ProtoMessage message = new ProtoMessage();

  @Test
  void integers() throws IOException {
    assertEquals("089601", hex(message.integer(1, 150)));
    assertEquals("", hex(message.clear().integer(1, 0)));
    assertEquals("08ffffffffffffffffff01", hex(message.clear().integer(1, -1)));
    assertEquals("08ffffffffffffffff7f", hex(message.clear().integer(1, Long.MAX_VALUE)));
  }

  @Test
  void strings() throws IOException {
    assertEquals("120774657374696e67", hex(message.string(2, "testing")));
    assertEquals("1204f09f9880", hex(message.clear().string(2, "😀")));
    assertEquals(10_003, hex(message.clear().string(2, "x".repeat(10_000))).length() / 2);
  }

  @Test
  void nestedMessages() throws IOException {
    assertEquals("1a03089601", hex(message.message(3, new ProtoMessage().integer(1, 150))));
  }

  @Test
  void packedIntegersKeepZeros() throws IOException {
    long[] values = {3, 270, 86_942, 9};
    assertEquals("3206038e029ea705", hex(message.packed(6, values, 3)));
    assertEquals("32020000", hex(message.clear().packed(6, new long[2], 2)));
  }

  private static String hex(ProtoMessage message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
