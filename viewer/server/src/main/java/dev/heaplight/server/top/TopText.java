package dev.heaplight.server.top;

import dev.heaplight.viewer.text.TextTable;
import java.io.IOException;
import java.util.List;

/** A snapshot as plain text: the head, an empty line, and a line for each row. */
public final class TopText {
  /** What is said where no row is. */
  public static final String NOTHING =
      "nothing to show: no worker runs here, or none has what the filter asks for";

  private TopText() {}

  /** Writes all of it, however long and wide. */
  public static void write(List<String> head, List<TopRow> rows, Appendable out)
      throws IOException {
    for (String line : head) {
      out.append(line).append('\n');
    }
    out.append('\n');
    TextTable table =
        new TextTable(
            TopOrder.COLUMNS.stream()
                .map(column -> (column.isOfFigures() ? ">" : "") + column.heading())
                .toArray(String[]::new));
    for (TopRow row : rows) {
      table.row(TopOrder.COLUMNS.stream().map(column -> column.cell(row)).toArray(String[]::new));
    }
    table.write(out);
    if (rows.isEmpty()) {
      out.append(NOTHING).append('\n');
    }
  }
}
