package dev.heaplight.cli;

import dev.heaplight.server.session.NodeView;
import dev.heaplight.server.top.TopColumn;
import dev.heaplight.server.top.TopOrder;
import dev.heaplight.server.top.TopRow;
import dev.heaplight.server.top.TopText;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Draws workers and tasks, or the stacks of one, into the lines of a screen, however small. */
final class TopDrawing {
  /** Lines that are neither head nor rows: the headings, and the keys. */
  private static final int OTHER_LINES = 2;

  private static final int WHOLE_HEAD_HEIGHT = 10;
  private static final int SHORT_HEAD_HEIGHT = 6;

  /** Of a short head: how near the node is to its threshold. */
  private static final int MEMORY_LINE = 1;

  private static final int LONG_KEYS_WIDTH = 80;
  private static final String LONG_KEYS =
      "\u2191\u2193 move  \u21b5 stacks  1-8 < > sort  r reverse  / filter  p pause  q quit";
  private static final String SHORT_KEYS = "q quit /filter p pause <>sort \u21b5stacks";
  private static final String STACK_KEYS = "\u2190 back  \u2191\u2193 move  q quit";

  /** What goes first where the screen is narrow. */
  private static final List<TopColumn> DISPENSABLE =
      List.of(
          TopColumn.SHR,
          TopColumn.LIVE,
          TopColumn.STATE,
          TopColumn.RATE,
          TopColumn.HEAP,
          TopColumn.PID,
          TopColumn.RSS);

  private final boolean colours;

  TopDrawing(boolean colours) {
    this.colours = colours;
  }

  /** How many rows a screen of this height has place for. */
  static int rows(int height) {
    return height - headLines(height) - OTHER_LINES;
  }

  private static int headLines(int height) {
    return height >= WHOLE_HEAD_HEIGHT ? 4 : height >= SHORT_HEAD_HEIGHT ? 1 : 0;
  }

  /**
   * All lines of a screen of that size.
   *
   * @param head what is said above the rows
   * @param bound what memory is measured by; null if that is not known
   * @param status what holds for all that is shown, in front of the keys
   * @param message takes the place of status and keys
   */
  List<AttributedString> list(
      List<String> head,
      NodeView.@Nullable Bound bound,
      List<TopRow> rows,
      ScrolledLines place,
      TopOrder order,
      String status,
      String message,
      int height,
      int width) {
    List<AttributedString> lines = new ArrayList<>(head(head, bound, height, width));
    Set<TopColumn> columns = columns(width);
    lines.add(headings(columns, order, width));
    for (int line = 0; line < rows(height); line++) {
      int row = place.at(line);
      lines.add(
          row < 0
              ? nothing(rows.isEmpty() && line == 0, width)
              : row(rows.get(row), columns, row == place.selected(), width));
    }
    String keys = width < LONG_KEYS_WIDTH ? SHORT_KEYS : LONG_KEYS;
    lines.add(last(status + keys, place, message, width));
    return fitting(lines, height);
  }

  private List<AttributedString> head(
      List<String> head, NodeView.@Nullable Bound bound, int height, int width) {
    int shown = headLines(height);
    List<AttributedString> lines = new ArrayList<>();
    for (int line = 0; line < head.size(); line++) {
      if (shown == head.size() || (shown == 1 && line == MEMORY_LINE)) {
        AttributedStyle style =
            line == 0
                ? AttributedStyle.BOLD
                : line == MEMORY_LINE ? pressure(bound) : AttributedStyle.DEFAULT;
        lines.add(ScreenLine.of(head.get(line), style, width));
      }
    }
    return lines;
  }

  private AttributedStyle pressure(NodeView.@Nullable Bound bound) {
    if (bound == null || bound.level().usedBytes() < bound.warnBytes()) {
      return AttributedStyle.DEFAULT;
    }
    boolean acts = bound.level().usedBytes() >= bound.triggerBytes();
    return style(acts ? AttributedStyle.RED : AttributedStyle.YELLOW);
  }

  /** Those that the screen is wide enough for. */
  private static Set<TopColumn> columns(int width) {
    EnumSet<TopColumn> columns = EnumSet.allOf(TopColumn.class);
    for (TopColumn dispensable : DISPENSABLE) {
      if (columns.stream().mapToInt(column -> column.width() + 1).sum() > width) {
        columns.remove(dispensable);
      }
    }
    return columns;
  }

  private AttributedString headings(Set<TopColumn> columns, TopOrder order, int width) {
    StringBuilder line = new StringBuilder();
    for (TopColumn column : columns) {
      boolean down = column.isOfFigures() != order.reversed();
      String mark = column == order.column() ? (down ? "\u25bc" : "\u25b2") : "";
      line.append(padded(column, column.heading() + mark));
    }
    return ScreenLine.of(line.toString(), AttributedStyle.BOLD, width);
  }

  private AttributedString row(TopRow row, Set<TopColumn> columns, boolean here, int width) {
    StringBuilder line = new StringBuilder();
    columns.forEach(column -> line.append(padded(column, PlainText.oneLine(column.cell(row)))));
    AttributedStyle style =
        here
            ? AttributedStyle.INVERSE
            : switch (row.sort()) {
              case WORKER -> AttributedStyle.BOLD;
              case TASK -> AttributedStyle.DEFAULT;
              case ENDED -> style(AttributedStyle.RED);
            };
    return ScreenLine.of(line.toString(), style, width);
  }

  private static AttributedString nothing(boolean said, int width) {
    return said
        ? ScreenLine.of(TopText.NOTHING, AttributedStyle.DEFAULT, width)
        : AttributedString.EMPTY;
  }

  private static String padded(TopColumn column, String text) {
    return String.format((column.isOfFigures() ? "%" : "%-") + column.width() + "s ", text);
  }

  /**
   * The stacks of a row on a screen of that size, the selected line once more in full at the end.
   *
   * @param stacks null while they are being read
   */
  List<AttributedString> stacks(
      TopRow row,
      @Nullable TopStacks stacks,
      ScrolledLines place,
      String message,
      int height,
      int width) {
    List<AttributedString> lines = new ArrayList<>();
    String heading = "Stacks that allocated most in " + row.name() + ", pid " + row.pid();
    lines.add(ScreenLine.of(PlainText.oneLine(heading), AttributedStyle.BOLD, width));
    List<String> shown = stacks == null ? List.of("reading its recording") : stacks.lines();
    for (int line = 0; line < stackRows(height); line++) {
      int at = stacks == null && line == 0 ? 0 : place.at(line);
      boolean here = stacks != null && at == place.selected();
      lines.add(
          at < 0 || at >= shown.size()
              ? AttributedString.EMPTY
              : ScreenLine.of(
                  shown.get(at), here ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT, width));
    }
    int selected = Math.min(place.selected(), shown.size() - 1);
    lines.add(ScreenLine.endOf(shown.get(selected).strip(), AttributedStyle.BOLD, width));
    lines.add(last(STACK_KEYS, place, message, width));
    return fitting(lines, height);
  }

  /** How many lines of stacks a screen of this height has place for. */
  static int stackRows(int height) {
    return height - OTHER_LINES - 1;
  }

  private AttributedString last(String keys, ScrolledLines place, String message, int width) {
    String at =
        Figures.count(Math.min(place.count(), place.selected() + 1L))
            + "/"
            + Figures.count(place.count());
    String text =
        !message.isEmpty()
            ? message
            : width > keys.length() + at.length() + 2 ? keys + "  " + at : keys;
    return ScreenLine.of(PlainText.oneLine(text), style(AttributedStyle.CYAN), width);
  }

  private static List<AttributedString> fitting(List<AttributedString> lines, int height) {
    return lines.size() > height ? lines.subList(0, Math.max(1, height)) : lines;
  }

  private AttributedStyle style(int colour) {
    return colours ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT;
  }
}
