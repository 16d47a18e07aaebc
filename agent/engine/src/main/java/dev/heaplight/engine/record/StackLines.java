package dev.heaplight.engine.record;

import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Frame;

/** A stack as errors show it: a line for each frame, as stack traces have them, innermost first. */
final class StackLines {
  private static final int MAX_FRAMES = 12;

  private StackLines() {}

  /** The innermost frames of {@code stack}; empty of an empty stack. */
  static String of(StackTable stacks, int stack) {
    StringBuilder lines = new StringBuilder();
    int at = stack;
    for (int count = 0; at != StackTable.EMPTY && count < MAX_FRAMES; count++) {
      if (count > 0) {
        lines.append('\n');
      }
      add(stacks.frame(at), lines);
      at = stacks.parent(at);
    }
    return lines.toString();
  }

  private static void add(Frame frame, StringBuilder lines) {
    lines.append(frame.className()).append('.').append(frame.methodName()).append('(');
    lines.append(frame.fileName().isEmpty() ? "Unknown Source" : frame.fileName());
    if (frame.line() > 0) {
      lines.append(':').append(frame.line());
    }
    lines.append(')');
  }
}
