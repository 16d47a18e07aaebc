package dev.heaplight.viewer.svg;

import dev.heaplight.viewer.flamegraph.FlameGraph;

/**
 * Where the boxes of a graph lie along its width. Boxes come in preorder, so a box begins where its
 * elder siblings end: one edge by depth is all that has to be remembered. A box narrower than
 * {@link #LEAST_WIDTH} is left out with all that is below it.
 */
final class SvgLayout {
  /** Pixels below which a box is not drawn. */
  static final double LEAST_WIDTH = 0.5;

  private final FlameGraph graph;
  private final double scale;
  private final double[] lefts;
  private final boolean[] drawn;
  private int rows;
  private int omitted;

  /** Lays out {@code graph} over {@code width} pixels. */
  SvgLayout(FlameGraph graph, double width) {
    this.graph = graph;
    this.scale = graph.bytes(0) == 0 ? 0 : width / graph.bytes(0);
    this.lefts = new double[graph.size()];
    this.drawn = new boolean[graph.size()];
    double[] edges = new double[maxDepth() + 2];
    int omittedBelow = Integer.MAX_VALUE;
    for (int node = 0; node < graph.size(); node++) {
      int depth = graph.depth(node);
      lefts[node] = edges[depth];
      edges[depth + 1] = edges[depth];
      edges[depth] += width(node);
      if (depth <= omittedBelow) {
        omittedBelow = width(node) < LEAST_WIDTH ? depth : Integer.MAX_VALUE;
      }
      drawn[node] = omittedBelow == Integer.MAX_VALUE;
      if (drawn[node]) {
        rows = Math.max(rows, depth + 1);
      } else {
        omitted++;
      }
    }
  }

  private int maxDepth() {
    int depth = 0;
    for (int node = 0; node < graph.size(); node++) {
      depth = Math.max(depth, graph.depth(node));
    }
    return depth;
  }

  boolean isDrawn(int node) {
    return drawn[node];
  }

  /** Pixels from the graph's left edge to the box. */
  double left(int node) {
    return lefts[node];
  }

  /** Pixels the box is wide. */
  double width(int node) {
    return graph.bytes(node) * scale;
  }

  /** Rows that hold a box. */
  int rows() {
    return rows;
  }

  /** Number of boxes left out. */
  int omitted() {
    return omitted;
  }

  /** Bytes below which a box is left out. */
  long leastBytes() {
    return scale == 0 ? 0 : (long) Math.ceil(LEAST_WIDTH / scale);
  }
}
