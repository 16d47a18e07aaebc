package dev.heaplight.cli;

import dev.heaplight.viewer.calls.CallBrowser;
import dev.heaplight.viewer.model.MetricView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * Shows a call tree on the whole screen and lets the user look around.
 *
 * <p>The terminal is given back as it was, however this ends: quitting and an error go through
 * {@code finally}, a signal through a shutdown hook. Ctrl-C arrives as a key, since the terminal is
 * told to make no signal of it.
 */
final class TreeScreen {
  private static final int DEFAULT_ROWS = 24;
  private static final int DEFAULT_COLUMNS = 80;
  private static final int WAIT_MILLIS = 200;

  private final Terminal terminal;
  private final CallBrowser browser;
  private final TreeDrawing drawing;
  private final Display display;
  private volatile boolean resized = true;
  private Size size;
  private String wanted = "";
  private String message = "";

  private TreeScreen(Terminal terminal, CallBrowser browser, MetricView view) {
    this.terminal = terminal;
    this.size = terminal.getSize();
    this.browser = browser;
    this.drawing = new TreeDrawing(browser, view, colours());
    this.display = new Display(terminal, true);
  }

  private static boolean colours() {
    String noColour = System.getenv("NO_COLOR");
    return noColour == null || noColour.isEmpty();
  }

  /** Shows the tree until the user quits; false if the terminal cannot do it. */
  static boolean show(CallBrowser browser, MetricView view) throws IOException {
    // JLine draws lines with letters of another character set, which some terminals show as
    // letters;
    // told not to, it draws them with ASCII.
    System.setProperty("org.jline.utils.disableAlternateCharset", "true");
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .provider("exec")
            .encoding(StandardCharsets.UTF_8)
            .dumb(true)
            .build()) {
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
          || terminal.getStringCapability(Capability.cursor_address) == null) {
        return false;
      }
      new TreeScreen(terminal, browser, view).run();
      return true;
    }
  }

  private void run() throws IOException {
    String leave =
        sequence(Capability.cursor_visible)
            + sequence(Capability.keypad_local)
            + sequence(Capability.exit_ca_mode);
    Attributes before = terminal.enterRawMode();
    Attributes raw = new Attributes(terminal.getAttributes());
    raw.setLocalFlags(EnumSet.of(LocalFlag.ISIG), false);
    terminal.setAttributes(raw);
    // The terminal's own hook gives its attributes back, but may have closed it by then.
    Thread atSignal = new Thread(() -> writeRaw(leave), "heaplight-terminal");
    Runtime.getRuntime().addShutdownHook(atSignal);
    terminal.handle(Signal.WINCH, signal -> resized = true);
    try {
      terminal.puts(Capability.enter_ca_mode);
      terminal.puts(Capability.keypad_xmit);
      terminal.puts(Capability.cursor_invisible);
      boolean more = true;
      while (more) {
        draw();
        more = handle(next());
      }
    } finally {
      terminal.flush();
      Runtime.getRuntime().removeShutdownHook(atSignal);
      writeRaw(leave);
      terminal.setAttributes(before);
    }
  }

  private String sequence(Capability capability) {
    String template = terminal.getStringCapability(capability);
    StringWriter text = new StringWriter();
    if (template != null) {
      Curses.tputs(text, template);
    }
    return text.toString();
  }

  @SuppressWarnings("StreamResourceLeak") // standard output stays open
  private static void writeRaw(String text) {
    try {
      new FileOutputStream(FileDescriptor.out).write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The terminal is gone, and with it what was to be given back.
      return;
    }
  }

  private void draw() {
    if (resized) {
      resized = false;
      size = knownSize();
      display.resize(size);
      display.clear();
      browser.resize(size.getRows() - TreeDrawing.OTHER_LINES);
    }
    display.update(drawing.lines(size.getRows(), size.getColumns(), message), 0);
  }

  /** A terminal that does not know its size says 0. */
  private Size knownSize() {
    Size told = terminal.getSize();
    return told.getRows() > 0 && told.getColumns() > 0
        ? told
        : Size.of(DEFAULT_COLUMNS, DEFAULT_ROWS);
  }

  /** Waits for a key, and draws again when the window's size changes. */
  private TreeKey next() throws IOException {
    while (true) {
      int c = terminal.reader().read(WAIT_MILLIS);
      if (c != NonBlockingReader.READ_EXPIRED) {
        return TreeKey.of(c, terminal.reader());
      }
      if (resized) {
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
    StringBuilder typed = new StringBuilder();
    while (true) {
      message = "/" + typed + "_";
      draw();
      int c = terminal.reader().read(WAIT_MILLIS);
      if (c == NonBlockingReader.READ_EXPIRED) {
        continue;
      }
      if (c == '\r' || c == '\n') {
        wanted = typed.length() == 0 ? wanted : typed.toString();
        message = "";
        find(true);
        return;
      }
      if (c == TreeKey.ESCAPE || c == TreeKey.CTRL_C || c == NonBlockingReader.EOF) {
        message = "";
        return;
      }
      if (c == 127 || c == '\b') {
        typed.setLength(Math.max(0, typed.length() - 1));
      } else if (!Character.isISOControl(c)) {
        typed.append((char) c);
      }
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
