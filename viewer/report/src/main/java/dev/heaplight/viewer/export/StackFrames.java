package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import java.util.Arrays;

/** Frames of a stack as numbers, outermost first. Reused; not thread-safe. */
final class StackFrames {
  private final Dictionary dictionary;
  private int[] frames = new int[64];

  StackFrames(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** Frame numbers of {@code stack}, in an array of its own; empty for the empty stack. */
  int[] outermostFirst(int stack) {
    int depth = 0;
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      if (depth == frames.length) {
        frames = Arrays.copyOf(frames, depth * 2);
      }
      frames[depth++] = dictionary.frameOf(at);
    }
    int[] ordered = new int[depth];
    for (int i = 0; i < depth; i++) {
      ordered[i] = frames[depth - 1 - i];
    }
    return ordered;
  }
}
