package dev.heaplight.cli;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/**
 * What a key on a call tree's screen asks for. Arrow keys and the like arrive as an escape
 * character and more; all terminals of today send the same for them, but for a letter in between.
 */
enum TreeKey {
  UP,
  DOWN,
  PAGE_UP,
  PAGE_DOWN,
  HOME,
  END,
  OPEN,
  CLOSE,
  TOGGLE,
  ALL,
  SEARCH,
  NEXT,
  PREVIOUS,
  QUIT,
  OTHER;

  static final int CTRL_C = 3;
  static final int ESCAPE = 27;

  /** A key that was pressed alone is followed by nothing for this long. */
  private static final int SEQUENCE_MILLIS = 60;

  /** The key that begins with {@code c}; reads what belongs to it. */
  static TreeKey of(int c, NonBlockingReader more) throws IOException {
    return switch (c) {
      case NonBlockingReader.EOF, CTRL_C, 'q', 'Q' -> QUIT;
      case ESCAPE -> sequence(more);
      case 'k' -> UP;
      case 'j' -> DOWN;
      case 'l' -> OPEN;
      case 'h' -> CLOSE;
      case 'b' -> PAGE_UP;
      case 'f' -> PAGE_DOWN;
      case 'g' -> HOME;
      case 'G' -> END;
      case '\r', '\n', ' ' -> TOGGLE;
      case '*' -> ALL;
      case '/' -> SEARCH;
      case 'n' -> NEXT;
      case 'N' -> PREVIOUS;
      default -> OTHER;
    };
  }

  private static TreeKey sequence(NonBlockingReader more) throws IOException {
    int c = more.read(SEQUENCE_MILLIS);
    if (c != '[' && c != 'O') {
      return c < 0 ? QUIT : OTHER;
    }
    int number = 0;
    c = more.read(SEQUENCE_MILLIS);
    while (c >= '0' && c <= ';') {
      number = c <= '9' ? number * 10 + c - '0' : number;
      c = more.read(SEQUENCE_MILLIS);
    }
    return c == '~' ? numbered(number) : named(c);
  }

  private static TreeKey named(int c) {
    return switch (c) {
      case 'A' -> UP;
      case 'B' -> DOWN;
      case 'C' -> OPEN;
      case 'D' -> CLOSE;
      case 'H' -> HOME;
      case 'F' -> END;
      default -> OTHER;
    };
  }

  private static TreeKey numbered(int number) {
    return switch (number) {
      case 1, 7 -> HOME;
      case 4, 8 -> END;
      case 5 -> PAGE_UP;
      case 6 -> PAGE_DOWN;
      default -> OTHER;
    };
  }
}
