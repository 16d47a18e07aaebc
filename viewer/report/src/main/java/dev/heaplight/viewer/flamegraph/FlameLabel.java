package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.Frame;

/**
 * What a box of a flame graph stands for.
 *
 * @param kind what it is
 * @param className class of the method, or the allocated class; the text of a marker
 * @param methodName method of a frame, otherwise empty
 * @param fileName source file of a frame, empty when unknown
 * @param line line of a frame as in {@link Frame#line}
 */
public record FlameLabel(
    Kind kind, String className, String methodName, String fileName, int line) {

  /** What a box is. */
  public enum Kind {
    /** Everything the graph shows. */
    ROOT(0),
    /** A method of the application or one of its libraries. */
    APPLICATION(1),
    /** A method of the JDK. */
    JDK(2),
    /** An allocated class, or a kind of memory outside the heap; always a leaf. */
    ALLOCATED_CLASS(3),
    /** Stands in for frames that are not known, or not drawn one by one. */
    MARKER(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Number of the kind in the page's data, see {@code KIND} in graph.js. */
    int code() {
      return code;
    }
  }

  /** A label that is no frame. */
  public static FlameLabel marker(Kind kind, String text) {
    return new FlameLabel(kind, text, "", "", Frame.UNKNOWN_LINE);
  }

  static FlameLabel frame(Frame frame) {
    return new FlameLabel(
        isJdk(frame.className()) ? Kind.JDK : Kind.APPLICATION,
        frame.className(),
        frame.methodName(),
        frame.fileName(),
        frame.line());
  }

  private static boolean isJdk(String className) {
    return className.startsWith("java.")
        || className.startsWith("javax.")
        || className.startsWith("jdk.")
        || className.startsWith("sun.")
        || className.startsWith("com.sun.");
  }

  /** Full text: {@code com.acme.Job.run:42}, or the class alone. */
  public String text() {
    return className + methodAndLine();
  }

  /** Text without the package: {@code Job.run:42}. */
  public String shortText() {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return (simple.isEmpty() ? className : simple) + methodAndLine();
  }

  private String methodAndLine() {
    if (methodName.isEmpty()) {
      return "";
    }
    return "." + methodName + (line > Frame.UNKNOWN_LINE ? ":" + line : "");
  }
}
