package dev.heaplight.viewer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void bytesTakeTheLargestUnitThatLeavesAtLeastOne() {
    assertEquals("0 B", Figures.bytes(0));
    assertEquals("1023 B", Figures.bytes(1023));
    assertEquals("1.00 KiB", Figures.bytes(1024));
    assertEquals("1.25 GiB", Figures.bytes(5L << 28));
    assertEquals("8.00 EiB", Figures.bytes(Long.MAX_VALUE));
  }

  @Test
  void bytesNeverReadAs1024OfTheSmallerUnit() {
    assertEquals("1023 KiB", Figures.bytes(1023 * 1024 + 500));
    assertEquals("1.00 MiB", Figures.bytes((1 << 20) - 1));
  }

  @Test
  void bytesHaveThreeDigits() {
    assertEquals("9.99 KiB", Figures.bytes(10_230));
    assertEquals("10.0 KiB", Figures.bytes(10_239));
    assertEquals("100 KiB", Figures.bytes(102_399));
  }

  @Test
  void countsHaveSeparators() {
    assertEquals("1,234,567", Figures.count(1_234_567));
  }

  @Test
  void durationsShowTheirTwoLargestUnits() {
    assertEquals("999 ms", Figures.duration(999));
    assertEquals("3.4 s", Figures.duration(3_499));
    assertEquals("2 min 5 s", Figures.duration(125_900));
    assertEquals("3 h 12 min", Figures.duration(11_520_000));
  }

  @Test
  void percentHasOneDecimal() {
    assertEquals("99.8 %", Figures.percent(0.998));
  }
}
