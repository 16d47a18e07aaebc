package dev.heaplight.viewer.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of aligned columns for a terminal: texts to the left, figures to the right. Not
 * thread-safe.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table with a heading.
   *
   * @param headings one for each column; one that begins with {@code >} is of figures
   */
  public TextTable(String... headings) {
    right = new boolean[headings.length];
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      texts.add(right[i] ? headings[i].substring(1) : headings[i]);
    }
    rows.add(texts);
  }

  /** Adds a row, whose cells are made safe for a terminal. */
  public void row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "cells: expected=" + right.length + ", actual=" + cells.length);
    }
    rows.add(List.of(cells).stream().map(PlainText::oneLine).toList());
  }

  /** Writes the heading and all rows. */
  public void write(Appendable out) throws IOException {
    int[] widths = new int[right.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : GAP);
        line.append(right[i] ? space + row.get(i) : row.get(i) + space);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
