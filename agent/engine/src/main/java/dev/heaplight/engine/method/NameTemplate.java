package dev.heaplight.engine.method;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text with places for what is known of a call: {@code {class}}, {@code {method}}, {@code {this}},
 * and {@code {0}}, {@code {1}} and so on for arguments. Immutable.
 */
final class NameTemplate {
  /** Texts of arguments may be of any length, and names are in file names and headers. */
  private static final int MAX_CHARS = 120;

  private static final int RECEIVER = -1;

  /** A piece of constant text, or the number of an argument. */
  private record Part(@Nullable String text, int argument) {}

  private final List<Part> parts;

  private NameTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @param qualified the method, as {@code package.Class.method}
   * @throws IllegalArgumentException if a place is malformed
   */
  static NameTemplate of(String text, String qualified) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = text.indexOf('}', Math.max(open, 0));
      if (open < 0) {
        parts.add(new Part(text.substring(at), 0));
        break;
      }
      if (close < 0) {
        throw new IllegalArgumentException("a brace is not closed");
      }
      if (open > at) {
        parts.add(new Part(text.substring(at, open), 0));
      }
      parts.add(part(text.substring(open + 1, close), qualified));
      at = close + 1;
    }
    return new NameTemplate(parts);
  }

  private static Part part(String place, String qualified) {
    int dot = qualified.lastIndexOf('.');
    String className = qualified.substring(0, dot < 0 ? 0 : dot);
    return switch (place) {
      case "class" ->
          new Part(className.substring(className.lastIndexOf('.') + 1).replace('$', '.'), 0);
      case "method" -> new Part(qualified.substring(dot + 1), 0);
      case "this" -> new Part(null, RECEIVER);
      default -> {
        if (!place.matches("\\d{1,2}")) {
          throw new IllegalArgumentException(
              "expected={class}, {method}, {this}, {0}, {1} ..., actual={" + place + "}");
        }
        yield new Part(null, Integer.parseInt(place));
      }
    };
  }

  /** Whether receiver or arguments have a place in it. */
  boolean needsCall() {
    return parts.stream().anyMatch(part -> part.text() == null);
  }

  /**
   * The text of one call.
   *
   * @param call receiver and arguments; may be null if none is needed
   */
  String text(@Nullable Object @Nullable [] call) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.text() != null ? part.text() : textOf(call, part.argument() + 1));
    }
    return text.length() <= MAX_CHARS ? text.toString() : text.substring(0, MAX_CHARS - 1) + "…";
  }

  /** What an object says of itself; a question mark if it fails, or there is none. */
  private static String textOf(@Nullable Object @Nullable [] call, int place) {
    if (call == null || place >= call.length) {
      return "?";
    }
    try {
      return String.valueOf(call[place]);
    } catch (RuntimeException | StackOverflowError e) {
      return "?"; // the application's own code
    }
  }
}
