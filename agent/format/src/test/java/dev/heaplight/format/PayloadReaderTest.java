package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.format.PayloadReader.MalformedPayload;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
  @Test
  void extremesComeBack() {
    PayloadWriter written = new PayloadWriter();
    written.unsigned(Long.MAX_VALUE);
    written.unsigned(-1);
    written.signed(Long.MIN_VALUE);
    written.signed(-12_345);
    written.signed(Long.MAX_VALUE);
    written.figure(Long.MAX_VALUE);
    written.figure(Progress.UNKNOWN);
    written.unsigned(Long.MAX_VALUE);
    written.string("größer \uD83D\uDE00");
    PayloadReader reader = reader(HandmadeFile.contentOf(written));
    assertEquals(Long.MAX_VALUE, reader.unsigned());
    assertEquals(-1, reader.unsigned());
    assertEquals(Long.MIN_VALUE, reader.signed());
    assertEquals(-12_345, reader.signed());
    assertEquals(Long.MAX_VALUE, reader.signed());
    assertEquals(Long.MAX_VALUE, reader.figure());
    assertEquals(Progress.UNKNOWN, reader.figure());
    assertEquals(Long.MAX_VALUE, reader.total());
    assertEquals("größer \uD83D\uDE00", reader.string());
    reader.expectEnd();
  }

  @Test
  void integerBehindTheEndIsRefused() {
    assertMalformed("", "an integer", "end of block", PayloadReader::unsigned);
    assertMalformed("80", "an integer", "end of block", PayloadReader::unsigned);
    assertMalformed("ffffffffffffffffff", "an integer", "end of block", PayloadReader::unsigned);
  }

  @Test
  void integerOfMoreThan64BitsIsRefused() {
    String expected = "an integer of at most 64 bits";
    assertMalformed("ffffffffffffffffff02", expected, "a longer one", PayloadReader::unsigned);
    assertMalformed("ffffffffffffffffff81", expected, "a longer one", PayloadReader::unsigned);
    assertMalformed("8080808080808080808000", expected, "a longer one", PayloadReader::unsigned);
  }

  @Test
  void figureBelowUnknownIsRefused() {
    assertMalformed("ffffffffffffffffff01", "a figure of -1 or more", "-2", PayloadReader::figure);
  }

  @Test
  void negativeTotalIsRefused() {
    assertMalformed("ffffffffffffffffff01", "a total of 0 or more", "-1", PayloadReader::total);
  }

  @Test
  void indexOutsideItsTableIsRefused() {
    assertMalformed("03", "frame below 3", "3", reader -> reader.index(3, "frame"));
    assertMalformed("00", "frame below 0", "0", reader -> reader.index(0, "frame"));
    assertMalformed(
        "ffffffffffffffffff01",
        "frame below 3",
        "18446744073709551615",
        reader -> reader.index(3, "frame"));
    assertEquals(2, reader(HexFormat.of().parseHex("02")).index(3, "frame"));
  }

  @Test
  void countOfMoreThanTheRestIsRefused() {
    assertMalformed("030000", "entry count of at most 2", "3", reader -> reader.count("entry"));
    assertMalformed(
        "ffffffffffffffffff01",
        "entry count of at most 0",
        "18446744073709551615",
        reader -> reader.count("entry"));
    assertEquals(2, reader(HexFormat.of().parseHex("020000")).count("entry"));
  }

  @Test
  void stringBehindTheEndIsRefused() {
    assertMalformed("026f", "byte count of at most 1", "2", PayloadReader::string);
  }

  @Test
  void bytesBehindTheLastValueAreRefused() {
    assertMalformed("0000", "end of block", "2 more bytes", PayloadReader::expectEnd);
  }

  private static void assertMalformed(
      String hex, String expected, String actual, Consumer<PayloadReader> read) {
    MalformedPayload malformed =
        assertThrows(
            MalformedPayload.class, () -> read.accept(reader(HexFormat.of().parseHex(hex))));
    assertEquals(expected, malformed.expected());
    assertEquals(actual, malformed.actual());
  }

  private static PayloadReader reader(byte[] bytes) {
    return new PayloadReader(bytes, bytes.length);
  }
}
