package dev.heaplight.cli;

import dev.heaplight.server.top.TopHead;
import dev.heaplight.server.top.TopOrder;
import dev.heaplight.server.top.TopRow;
import dev.heaplight.server.top.TopRows;
import dev.heaplight.server.top.TopSnapshot;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jline.terminal.Size;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** Shows a session's workers and tasks on the whole screen until the user quits. */
final class TopScreen {
  private static final int WAIT_MILLIS = 100;

  private final TerminalWindow window;
  private final TopWatch watch;
  private final TopHead head = new TopHead(ZoneId.systemDefault());
  private final TopDrawing drawing = new TopDrawing(TerminalWindow.colours());
  private final ScrolledLines list = new ScrolledLines();
  private final ScrolledLines stackLines = new ScrolledLines();
  private TopOrder order;
  private @Nullable Pattern filter;
  private TopSnapshot shown;
  private List<TopRow> rows = List.of();
  private @Nullable TopRow opened;
  private @Nullable TopStacks stacks;
  private boolean paused;
  private String message = "";

  private TopScreen(
      TerminalWindow window, TopWatch watch, TopOrder order, @Nullable Pattern filter) {
    this.window = window;
    this.watch = watch;
    this.order = order;
    this.filter = filter;
    this.shown = watch.snapshot();
  }

  /** Shows the session until the user quits; false if the terminal cannot do it. */
  static boolean show(TopWatch.Start start, TopOrder order, @Nullable Pattern filter)
      throws IOException {
    return TerminalWindow.show(
        window -> {
          try (TopWatch watch = start.start()) {
            new TopScreen(window, watch, order, filter).run();
          }
        });
  }

  private void run() throws IOException {
    arrange();
    boolean more = true;
    while (more) {
      draw();
      more = handle(next());
    }
  }

  /**
   * Waits for a key, and draws again when the session was looked at or the window's size changes.
   */
  private int next() throws IOException {
    while (true) {
      int c = window.read(WAIT_MILLIS);
      if (c != NonBlockingReader.READ_EXPIRED) {
        return c;
      }
      boolean news = takeNews();
      if (news || window.isResized()) {
        draw();
      }
    }
  }

  private boolean takeNews() {
    TopSnapshot newest = watch.snapshot();
    TopStacks read = opened == null ? null : watch.stacks();
    if (paused || (newest.equals(shown) && Objects.equals(read, stacks))) {
      return false;
    }
    shown = newest;
    stacks = read;
    arrange();
    return true;
  }

  /** Puts the rows in order; the selected one stays selected wherever it goes. */
  private void arrange() {
    String selected = rows.isEmpty() ? "" : rows.get(list.selected()).key();
    rows = TopRows.of(shown, order, filter);
    int place = list.selected();
    for (int i = 0; i < rows.size(); i++) {
      place = rows.get(i).key().equals(selected) ? i : place;
    }
    list.show(rows.size(), place);
    stackLines.show(stacks == null ? 1 : stacks.lines().size(), stackLines.selected());
  }

  private void draw() {
    Size size = window.size();
    int height = size.getRows();
    list.resize(TopDrawing.rows(height));
    stackLines.resize(TopDrawing.stackRows(height));
    TopRow row = opened;
    window.draw(
        row != null
            ? drawing.stacks(row, stacks, stackLines, message, height, size.getColumns())
            : drawing.list(
                head.lines(shown),
                shown.bound(),
                rows,
                list,
                order,
                status(),
                message,
                height,
                size.getColumns()));
  }

  private String status() {
    return (shown.present() ? "" : "[session gone] ")
        + (paused ? "[paused] " : "")
        + (filter == null ? "" : "[/" + filter.pattern() + "] ");
  }

  /** Does what a key asks for; false to end. */
  private boolean handle(int c) throws IOException {
    message = "";
    TreeKey key = TreeKey.of(c, window.keys());
    if (opened != null && key == TreeKey.QUIT && c == TreeKey.ESCAPE) {
      key = TreeKey.CLOSE;
    }
    if (key == TreeKey.QUIT) {
      return false;
    }
    if (!move(opened == null ? list : stackLines, key)) {
      if (opened != null) {
        inStacks(key);
      } else {
        inList(key, c);
      }
    }
    return true;
  }

  private static boolean move(ScrolledLines lines, TreeKey key) {
    switch (key) {
      case UP -> lines.move(-1);
      case DOWN -> lines.move(1);
      case PAGE_UP -> lines.page(-1);
      case PAGE_DOWN -> lines.page(1);
      case HOME -> lines.move(Integer.MIN_VALUE);
      case END -> lines.move(Integer.MAX_VALUE);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void inStacks(TreeKey key) {
    if (key == TreeKey.CLOSE) {
      open(null);
    } else {
      message = "? that key does nothing here";
    }
  }

  private void inList(TreeKey key, int c) throws IOException {
    if (key == TreeKey.SEARCH) {
      typeFilter();
    } else if (c == 'p' || c == ' ') {
      paused = !paused;
    } else if (key == TreeKey.OPEN || key == TreeKey.TOGGLE) {
      open(rows.isEmpty() ? null : rows.get(list.selected()));
    } else if (c >= '1' && c < '1' + TopOrder.COLUMNS.size()) {
      order = order.by(TopOrder.COLUMNS.get(c - '1'));
    } else if (c == '<' || c == '>') {
      order = order.shifted(c == '<' ? -1 : 1);
    } else if (c == 'r') {
      order = order.by(order.column());
    } else {
      message = "? that key does nothing";
    }
    arrange();
  }

  private void open(@Nullable TopRow row) {
    opened = row;
    stacks = null;
    stackLines.show(1, 0);
    watch.ask(row);
  }

  private void typeFilter() throws IOException {
    TypedLine typed = new TypedLine();
    TypedLine.State state = TypedLine.State.OPEN;
    while (state == TypedLine.State.OPEN) {
      message = typed.prompt();
      draw();
      state = typed.type(window.read(WAIT_MILLIS));
    }
    message = "";
    if (state == TypedLine.State.DONE) {
      try {
        filter = typed.text().isEmpty() ? null : TopRows.filter(typed.text());
      } catch (PatternSyntaxException e) {
        message = "not a regular expression: " + e.getDescription();
      }
    }
  }
}
