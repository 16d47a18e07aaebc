package dev.heaplight.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The whole of the terminal, lent to a screen. Used by one thread.
 *
 * <p>The terminal is given back as it was, however this ends: quitting and an error go through
 * {@code finally}, a signal through a shutdown hook. Ctrl-C arrives as a key, since the terminal is
 * told to make no signal of it.
 */
final class TerminalWindow {
  private static final int DEFAULT_ROWS = 24;
  private static final int DEFAULT_COLUMNS = 80;

  /** What uses the terminal until the user quits. */
  interface Screen {
    void run(TerminalWindow window) throws IOException;
  }

  private final Terminal terminal;
  private final Display display;
  private volatile boolean resized = true;
  private Size size;

  private TerminalWindow(Terminal terminal) {
    this.terminal = terminal;
    this.size = terminal.getSize();
    this.display = new Display(terminal, true);
  }

  /** Whether the user wants colours. */
  static boolean colours() {
    String noColour = System.getenv("NO_COLOR");
    return noColour == null || noColour.isEmpty();
  }

  /**
   * Lends the terminal to {@code screen} until that returns; false if the terminal cannot do it.
   */
  static boolean show(Screen screen) throws IOException {
    // JLine draws lines with letters of another character set, which some terminals show as
    // letters; told not to, it draws them with ASCII.
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
      new TerminalWindow(terminal).lend(screen);
      return true;
    }
  }

  private void lend(Screen screen) throws IOException {
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
      screen.run(this);
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

  /** Whether the window's size changed since it was asked for last. */
  boolean isResized() {
    return resized;
  }

  /** The window's size now, which lines are then drawn for. */
  Size size() {
    if (resized) {
      resized = false;
      size = knownSize();
      display.resize(size);
      display.clear();
    }
    return size;
  }

  /** A terminal that does not know its size says 0. */
  private Size knownSize() {
    Size told = terminal.getSize();
    return told.getRows() > 0 && told.getColumns() > 0
        ? told
        : Size.of(DEFAULT_COLUMNS, DEFAULT_ROWS);
  }

  /** Shows lines, as many as the window has rows. */
  void draw(List<AttributedString> lines) {
    display.update(lines, 0);
  }

  /** The next character that was typed, or {@link NonBlockingReader#READ_EXPIRED}. */
  int read(long waitMillis) throws IOException {
    return terminal.reader().read(waitMillis);
  }

  /** What is typed: for keys that are more than one character. */
  NonBlockingReader keys() {
    return terminal.reader();
  }
}
