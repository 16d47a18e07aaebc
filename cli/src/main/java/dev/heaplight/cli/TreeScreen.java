package dev.heaplight.cli;

import dev.heaplight.viewer.calls.CallBrowser;
import dev.heaplight.viewer.model.MetricView;
import java.io.IOException;
import org.jline.terminal.Size;
import org.jline.utils.NonBlockingReader;

/** Shows a call tree on the whole screen and lets the user look around. */
final class TreeScreen {
  private static final int WAIT_MILLIS = 200;

  private final TerminalWindow window;
  private final CallBrowser browser;
  private final TreeDrawing drawing;
  private String wanted = "";
  private String message = "";

  private TreeScreen(TerminalWindow window, CallBrowser browser, MetricView view) {
    this.window = window;
    this.browser = browser;
    this.drawing = new TreeDrawing(browser, view, TerminalWindow.colours());
  }

  /** Shows the tree until the user quits; false if the terminal cannot do it. */
  static boolean show(CallBrowser browser, MetricView view) throws IOException {
    return TerminalWindow.show(window -> new TreeScreen(window, browser, view).run());
  }

  private void run() throws IOException {
    boolean more = true;
    while (more) {
      draw();
      more = handle(next());
    }
  }

  private void draw() {
    boolean resized = window.isResized();
    Size size = window.size();
    if (resized) {
      browser.resize(size.getRows() - TreeDrawing.OTHER_LINES);
    }
    window.draw(drawing.lines(size.getRows(), size.getColumns(), message));
  }

  /** Waits for a key, and draws again when the window's size changes. */
  private TreeKey next() throws IOException {
    while (true) {
      int c = window.read(WAIT_MILLIS);
      if (c != NonBlockingReader.READ_EXPIRED) {
        return TreeKey.of(c, window.keys());
      }
      if (window.isResized()) {
        draw();
      }
    }
  }

  /** Does what a key asks for; false to end. */
  private boolean handle(TreeKey key) throws IOException {
    message = "";
    switch (key) {
      case UP -> browser.move(-1);
      case DOWN -> browser.move(1);
      case PAGE_UP -> browser.page(-1);
      case PAGE_DOWN -> browser.page(1);
      case HOME -> browser.move(Integer.MIN_VALUE);
      case END -> browser.move(Integer.MAX_VALUE);
      case OPEN -> browser.open();
      case CLOSE -> browser.close();
      case TOGGLE -> browser.toggle();
      case ALL -> browser.openAll();
      case SEARCH -> search();
      case NEXT -> find(true);
      case PREVIOUS -> find(false);
      case QUIT -> {
        return false;
      }
      case OTHER -> message = "? that key does nothing";
    }
    return true;
  }

  private void search() throws IOException {
    TypedLine typed = new TypedLine();
    TypedLine.State state = TypedLine.State.OPEN;
    while (state == TypedLine.State.OPEN) {
      message = typed.prompt();
      draw();
      state = typed.type(window.read(WAIT_MILLIS));
    }
    message = "";
    if (state == TypedLine.State.DONE) {
      wanted = typed.text().isEmpty() ? wanted : typed.text();
      find(true);
    }
  }

  private void find(boolean forward) {
    if (wanted.isEmpty()) {
      message = "nothing to search for: type / and a text";
    } else if (!browser.find(wanted, forward)) {
      message = "not found: " + wanted;
    } else {
      message = "/" + wanted + "  n next, N previous";
    }
  }
}
