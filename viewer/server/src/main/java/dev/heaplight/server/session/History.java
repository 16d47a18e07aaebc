package dev.heaplight.server.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Use of the tightest bound while the session was watched. When it is full every second point goes
 * and the distance doubles, so it covers any time in bounded memory. Thread-safe.
 */
public final class History {
  private static final int MAX_POINTS = 1_200;

  private final List<Point> points = new ArrayList<>();
  private long distanceMillis;

  /**
   * One look.
   *
   * @param timeMillis when, milliseconds since the epoch
   * @param path the bound that was tightest
   * @param usedBytes its use
   * @param totalBytes the bound
   * @param triggerBytes use above which the monitor acts
   */
  public record Point(
      long timeMillis, String path, long usedBytes, long totalBytes, long triggerBytes) {}

  synchronized void add(NodeView node) {
    if (node.bounds().isEmpty()
        || (!points.isEmpty()
            && node.timeMillis() - points.get(points.size() - 1).timeMillis() < distanceMillis)) {
      return;
    }
    NodeView.Bound tightest = node.bounds().get(0);
    points.add(
        new Point(
            node.timeMillis(),
            tightest.level().path(),
            tightest.level().usedBytes(),
            tightest.level().totalBytes(),
            tightest.triggerBytes()));
    if (points.size() > MAX_POINTS) {
      List<Point> kept = new ArrayList<>();
      for (int i = 0; i < points.size(); i += 2) {
        kept.add(points.get(i));
      }
      points.clear();
      points.addAll(kept);
      distanceMillis = Math.max(2_000, distanceMillis * 2);
    }
  }

  /** All points, the earliest first. */
  public synchronized List<Point> points() {
    return List.copyOf(points);
  }
}
