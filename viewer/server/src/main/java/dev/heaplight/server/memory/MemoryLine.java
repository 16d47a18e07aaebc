package dev.heaplight.server.memory;

import dev.heaplight.format.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Memory over time, a few hundred points at most.
 *
 * @param points in order of time
 */
public record MemoryLine(List<Point> points) {
  private static final int MAX_POINTS = 400;

  /**
   * One moment. A figure may be {@link Progress#UNKNOWN}.
   *
   * @param timeMillis when, milliseconds since the epoch
   * @param rssMinusSharedBytes resident memory of the process less what it shares
   * @param heapUsedBytes its heap in use, garbage included
   * @param liveBytes what lived of the scope after a collection
   */
  public record Point(
      long timeMillis, long rssMinusSharedBytes, long heapUsedBytes, long liveBytes) {

    /** Of both the larger: a peak must not go when points do. */
    private Point or(Point other) {
      return new Point(
          rssMinusSharedBytes >= other.rssMinusSharedBytes ? timeMillis : other.timeMillis,
          Math.max(rssMinusSharedBytes, other.rssMinusSharedBytes),
          Math.max(heapUsedBytes, other.heapUsedBytes),
          Math.max(liveBytes, other.liveBytes));
    }
  }

  /** A line of points in any order, thinned out so that peaks stay. */
  static MemoryLine of(List<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingLong(Point::timeMillis));
    if (sorted.size() <= MAX_POINTS) {
      return new MemoryLine(List.copyOf(sorted));
    }
    List<Point> kept = new ArrayList<>();
    int each = (sorted.size() + MAX_POINTS - 1) / MAX_POINTS;
    for (int from = 0; from < sorted.size(); from += each) {
      Point largest = sorted.get(from);
      for (int i = from + 1; i < Math.min(from + each, sorted.size()); i++) {
        largest = largest.or(sorted.get(i));
      }
      kept.add(largest);
    }
    return new MemoryLine(List.copyOf(kept));
  }

  /** Several lines of one process as one; what lived in each scope stays with the scopes. */
  static MemoryLine united(List<MemoryLine> lines) {
    List<Point> all = new ArrayList<>();
    for (MemoryLine line : lines) {
      for (Point point : line.points()) {
        if (point.rssMinusSharedBytes() >= 0 || point.heapUsedBytes() >= 0) {
          all.add(
              new Point(
                  point.timeMillis(),
                  point.rssMinusSharedBytes(),
                  point.heapUsedBytes(),
                  Progress.UNKNOWN));
        }
      }
    }
    return of(all);
  }
}
