package dev.heaplight.viewer.export;

import dev.heaplight.viewer.tree.CallTree;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Arrays;

/**
 * The frames from the root to the node that is written. Characters are kept as a writer takes them:
 * a report may be hundreds of megabytes, and each copy of a line on its way out shows.
 */
final class CollapsedLine {
  private char[] text = new char[4096];
  private int length;
  private int[] open = new int[64];
  private int[] openLengths = new int[64];
  private int depth;

  /** Leaves nodes until {@code node} is the innermost; the root is below all. */
  void closeTo(int node) {
    while (depth > 0 && open[depth - 1] != node) {
      depth--;
    }
    if (depth == 0 && node != CallTree.ROOT) {
      throw new IllegalStateException("node is not open: node=" + node);
    }
    length = depth == 0 ? 0 : openLengths[depth - 1];
  }

  /** Appends a node below the innermost. */
  void open(int node, String label) {
    if (depth > 0) {
      append(";");
    }
    append(label);
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
      openLengths = Arrays.copyOf(openLengths, depth * 2);
    }
    open[depth] = node;
    openLengths[depth++] = length;
  }

  /** Writes the frames and {@code bytes} as a line; the frames stay. */
  void write(long bytes, Appendable out) throws IOException {
    int frames = length;
    append(" ");
    append(Long.toString(bytes));
    append("\n");
    if (out instanceof Writer writer) {
      writer.write(text, 0, length);
    } else {
      out.append(CharBuffer.wrap(text, 0, length));
    }
    length = frames;
  }

  private void append(String more) {
    if (length + more.length() > text.length) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + more.length()));
    }
    more.getChars(0, more.length(), text, length);
    length += more.length();
  }
}
