package dev.heaplight.viewer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void ordinaryTextStaysAsItIs() {
    String text = "com.acme.Auftr\u00e4ge \u6ce8\u6587 \ud83d\ude00";
    assertSame(text, PlainText.oneLine(text));
  }

  @Test
  void lineEndsEscapesAndDirectionMarksShowTheirCodes() {
    assertEquals("a\\u000ab\\u001b[31m", PlainText.oneLine("a\nb\u001b[31m"));
    assertEquals(
        "\\u202eevil\\u2066\\ufeff\\uffff", PlainText.oneLine("\u202eevil\u2066\ufeff\uffff"));
  }
}
