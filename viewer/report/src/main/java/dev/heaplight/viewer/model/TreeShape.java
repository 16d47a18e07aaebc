package dev.heaplight.viewer.model;

/**
 * How stacks are put into a tree.
 *
 * @param inverted whether allocated classes and innermost frames come first and callers below them
 * @param byThread whether the first level below the root is the allocating thread
 * @param maxDepth frames of a stack that are shown, from the root on; what is deeper is summed up
 *     in one node that says so
 */
public record TreeShape(boolean inverted, boolean byThread, int maxDepth) {
  /** Outermost frames first, threads together, however deep. */
  public static final TreeShape PLAIN = new TreeShape(false, false, Integer.MAX_VALUE);

  /** At least one frame is shown. */
  public TreeShape {
    if (maxDepth < 1) {
      throw new IllegalArgumentException("depth below 1: maxDepth=" + maxDepth);
    }
  }
}
