package dev.heaplight.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void randomTokensAreLongAndDiffer() {
    Token token = Token.random();
    assertEquals(43, token.text().length()); // 32 bytes
    assertNotEquals(token.text(), Token.random().text());
    assertTrue(token.is(token.text()));
    assertEquals(token.text(), Token.of(token.text()).text());
  }

  @Test
  void onlyTheWholeTokenIsIt() {
    Token token = Token.of("abcdefghijklmnop");
    assertTrue(token.is("abcdefghijklmnop"));
    for (String other :
        List.of(
            "", "abcdefghijklmno", "abcdefghijklmnopq", "ABCDEFGHIJKLMNOP", " abcdefghijklmnop")) {
      assertFalse(token.is(other), other);
    }
    assertFalse(token.is(null));
  }

  @Test
  void tokensThatCouldBeGuessedOrCannotBeSentAreRefused() {
    for (String given :
        List.of("", "abcdefghijklmno", "abcdefghijklmnop\r\nX: y", "a".repeat(201))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Token.of(given));
      assertEquals("expected=16 to 200 letters, digits and any of . _ ~ -", refused.getMessage());
    }
  }
}
