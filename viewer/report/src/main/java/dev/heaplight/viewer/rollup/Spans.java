package dev.heaplight.viewer.rollup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times at which scopes ran, and how many ran at once. */
final class Spans {
  private record Edge(long epochMillis, int change) {}

  private final List<Edge> edges = new ArrayList<>();

  void add(long startEpochMillis, long durationMillis) {
    edges.add(new Edge(startEpochMillis, 1));
    // A scope of no measurable length still ran beside those around it.
    edges.add(new Edge(startEpochMillis + Math.max(1, durationMillis), -1));
  }

  /** The most that ran at once. One that ends at the moment another starts was not beside it. */
  int mostAtOnce() {
    edges.sort(Comparator.comparingLong(Edge::epochMillis).thenComparingInt(Edge::change));
    int running = 0;
    int most = 0;
    for (Edge edge : edges) {
      running += edge.change();
      most = Math.max(most, running);
    }
    return most;
  }
}
