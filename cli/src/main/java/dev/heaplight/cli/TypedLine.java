package dev.heaplight.cli;

import org.jline.utils.NonBlockingReader;

/** A line that is being typed on the last line of a screen, behind a slash. */
final class TypedLine {
  /** How far it is. */
  enum State {
    /** More may be typed. */
    OPEN,
    /** The line was ended. */
    DONE,
    /** It was given up. */
    GIVEN_UP
  }

  private static final int DELETE = 127;

  private final StringBuilder typed = new StringBuilder();

  /** Takes a character as terminals send it; none when nothing was typed in time. */
  State type(int c) {
    if (c == '\r' || c == '\n') {
      return State.DONE;
    }
    if (c == TreeKey.ESCAPE || c == TreeKey.CTRL_C || c == NonBlockingReader.EOF) {
      return State.GIVEN_UP;
    }
    if (c == DELETE || c == '\b') {
      typed.setLength(Math.max(0, typed.length() - 1));
    } else if (c >= 0 && !Character.isISOControl(c)) {
      typed.append((char) c);
    }
    return State.OPEN;
  }

  /** What was typed so far. */
  String text() {
    return typed.toString();
  }

  /** The same as it is shown. */
  String prompt() {
    return "/" + typed + "_";
  }
}
