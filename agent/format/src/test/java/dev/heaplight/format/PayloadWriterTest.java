package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PayloadWriterTest {
  @Test
  void unsignedIntegersAreLeb128() {
    assertWritten("00", payload -> payload.unsigned(0));
    assertWritten("7f", payload -> payload.unsigned(127));
    assertWritten("8001", payload -> payload.unsigned(128));
    assertWritten("e58e26", payload -> payload.unsigned(624_485));
    assertWritten("ffffffffffffffff7f", payload -> payload.unsigned(Long.MAX_VALUE));
    assertWritten("ffffffffffffffffff01", payload -> payload.unsigned(-1));
  }

  @Test
  void signedIntegersAreZigzagCoded() {
    assertWritten("00", payload -> payload.signed(0));
    assertWritten("01", payload -> payload.signed(-1));
    assertWritten("02", payload -> payload.signed(1));
    assertWritten("feffffffffffffffff01", payload -> payload.signed(Long.MAX_VALUE));
    assertWritten("ffffffffffffffffff01", payload -> payload.signed(Long.MIN_VALUE));
  }

  @Test
  void unknownFigureIsZero() {
    assertWritten("00", payload -> payload.figure(Progress.UNKNOWN));
    assertWritten("01", payload -> payload.figure(0));
  }

  @Test
  void stringsAreUtf8BehindTheirLengthInBytes() {
    assertWritten("00", payload -> payload.string(""));
    assertWritten("04c3a96162", payload -> payload.string("éab"));
  }

  @Test
  void clearedPayloadStartsAnew() {
    assertWritten(
        "05",
        payload -> {
          payload.string("x".repeat(5000));
          payload.clear();
          payload.unsigned(5);
        });
  }

  private static void assertWritten(String hex, Consumer<PayloadWriter> writes) {
    PayloadWriter payload = new PayloadWriter();
    writes.accept(payload);
    assertArrayEquals(HexFormat.of().parseHex(hex), HandmadeFile.contentOf(payload));
  }
}
