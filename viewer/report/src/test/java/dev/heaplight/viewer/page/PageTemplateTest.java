package dev.heaplight.viewer.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PageTemplateTest {
  @Test
  void commentsOfTheirOwnAndIndentationAreLeftOut() {
    String script =
        """
        /* What it is,
           in two lines. */
        class A {
          /* One line. */
          text() {
            return "/* no comment */"; // stays
          }
        }
        """;
    assertEquals(
        """
        class A {
        text() {
        return "/* no comment */"; // stays
        }
        }
        """,
        PageTemplate.compact(script));
  }
}
