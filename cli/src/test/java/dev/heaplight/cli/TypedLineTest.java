package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;

class TypedLineTest {
  private final TypedLine line = new TypedLine();

  @Test
  void lineIsTypedCorrectedAndEnded() {
    for (char c : "hoq\u007fg".toCharArray()) {
      assertEquals(TypedLine.State.OPEN, line.type(c));
    }
    assertEquals(TypedLine.State.OPEN, line.type(NonBlockingReader.READ_EXPIRED));
    assertEquals(TypedLine.State.OPEN, line.type(7));
    assertEquals("/hog_", line.prompt());
    assertEquals(TypedLine.State.DONE, line.type('\r'));
    assertEquals("hog", line.text());
  }

  @Test
  void escapeInterruptAndTheEndOfInputGiveItUp() {
    assertEquals(TypedLine.State.GIVEN_UP, line.type(TreeKey.ESCAPE));
    assertEquals(TypedLine.State.GIVEN_UP, line.type(TreeKey.CTRL_C));
    assertEquals(TypedLine.State.GIVEN_UP, line.type(NonBlockingReader.EOF));
  }
}
