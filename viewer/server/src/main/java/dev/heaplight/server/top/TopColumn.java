package dev.heaplight.server.top;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.text.Figures;
import java.util.Comparator;

/** A column: how it is headed, what it says of a row and how it sorts rows. */
public enum TopColumn {
  /** Number of the process. */
  PID("PID", 7, true),
  /** Resident set size. */
  RSS("RSS", 8, true),
  /** Shared part of it. */
  SHR("SHR", 8, true),
  /** Heap in use, garbage included. */
  HEAP("HEAP", 8, true),
  /** What lived at the last collection. */
  LIVE("LIVE", 8, true),
  /** Bytes allocated in a second. */
  RATE("ALLOC/s", 8, true),
  /** How it stands. */
  STATE("STATE", 7, false),
  /** Command of a worker, name of a task. Last, because names are of any width. */
  NAME("WORKER / TASK", 13, false);

  private static final String UNKNOWN = "-";

  private final String heading;
  private final int width;
  private final boolean figures;

  TopColumn(String heading, int width, boolean figures) {
    this.heading = heading;
    this.width = width;
    this.figures = figures;
  }

  /** Its heading. */
  public String heading() {
    return heading;
  }

  /** Characters that its cells need; names may need more. */
  public int width() {
    return width;
  }

  /** Whether it is of figures, which stand to the right. */
  public boolean isOfFigures() {
    return figures;
  }

  /** What it says of a row, a task's name indented; a name is not safe for a terminal. */
  public String cell(TopRow row) {
    if (!figures) {
      return this == NAME && row.sort() == TopRow.Sort.TASK ? "  " + text(row) : text(row);
    }
    long figure = figure(row);
    return figure == Progress.UNKNOWN
        ? UNKNOWN
        : this == PID ? Long.toString(figure) : Figures.bytes(figure);
  }

  /** Largest figures first and unknown ones last, texts from A. */
  Comparator<TopRow> order() {
    return figures
        ? Comparator.comparingLong(this::figure).reversed()
        : Comparator.comparing(this::text);
  }

  private long figure(TopRow row) {
    return switch (this) {
      case PID -> row.pid();
      case RSS -> row.rssBytes();
      case SHR -> row.sharedBytes();
      case HEAP -> row.heapBytes();
      case LIVE -> row.liveBytes();
      case RATE -> row.bytesPerSecond();
      case STATE, NAME -> Progress.UNKNOWN;
    };
  }

  private String text(TopRow row) {
    return this == STATE ? row.state() : row.name();
  }
}
