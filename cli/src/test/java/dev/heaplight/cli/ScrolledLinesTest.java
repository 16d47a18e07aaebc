package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScrolledLinesTest {
  private final ScrolledLines lines = new ScrolledLines();

  @Test
  void selectedLineIsAlwaysToBeSeen() {
    lines.resize(3);
    lines.show(10, 0);
    assertEquals("0 1 2 selected 0", seen());
    lines.move(3);
    assertEquals("1 2 3 selected 3", seen());
    lines.page(2);
    assertEquals("7 8 9 selected 9", seen());
    lines.move(Integer.MAX_VALUE);
    assertEquals("7 8 9 selected 9", seen());
    lines.move(-1);
    assertEquals("7 8 9 selected 8", seen());
    lines.move(Integer.MIN_VALUE);
    assertEquals("0 1 2 selected 0", seen());
  }

  @Test
  void fewerLinesLeaveNoPlaceEmptyThatCouldBeFilled() {
    lines.resize(3);
    lines.show(10, 9);
    lines.show(4, 9);
    assertEquals("1 2 3 selected 3", seen());
    lines.resize(5);
    assertEquals("0 1 2 3 -1 selected 3", seen(5));
    lines.show(0, 3);
    assertEquals("-1 -1 -1 selected 0", seen());
  }

  @Test
  void windowWithoutPlaceShowsOneLine() {
    lines.show(10, 4);
    lines.resize(-2);
    assertEquals("4 -1 -1 selected 4", seen());
  }

  private String seen() {
    return seen(3);
  }

  private String seen(int height) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < height; line++) {
      text.append(lines.at(line)).append(' ');
    }
    return text + "selected " + lines.selected();
  }
}
