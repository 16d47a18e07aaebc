package dev.heaplight.viewer.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTextTest {
  @Test
  void textThatFitsStaysWhole() {
    assertEquals("abc", SvgText.fit("abc", SvgText.width("abc", 10), 10));
  }

  @Test
  void textThatIsTooLongEndsInAnEllipsisAndFits() {
    String fitted = SvgText.fit("com.acme.Job.run", 63, 10);
    assertEquals("com.acme.\u2026", fitted);
    assertTrue(SvgText.width(fitted, 10) <= 63);
    assertEquals("", SvgText.fit("abc", 9, 10));
  }

  @Test
  void wideCharactersAreNotCutInHalf() {
    assertEquals("\ud83d\ude00\u2026", SvgText.fit("\ud83d\ude00\ud83d\ude00", 19, 10));
  }

  @Test
  void linesBreakAtSpacesAndElseAnywhere() {
    assertEquals(List.of("one two", "three"), SvgText.wrap("one two three", 50, 10));
    assertEquals(List.of("abcdefgh", "ij"), SvgText.wrap("abcdefghij", 50, 10));
    assertEquals(List.of(""), SvgText.wrap("", 50, 10));
  }

  @Test
  void whatUtf8CannotHoldIsReplaced() {
    assertEquals("a\ufffdb\ud83d\ude00\\u0000", SvgText.clean("a\ud83db\ud83d\ude00\u0000"));
  }
}
