package dev.heaplight.viewer.model;

import dev.heaplight.viewer.text.Figures;

/**
 * Which part of a scope's time a report is about.
 *
 * <p>A recording counts by slices of time, mostly a second long. A slice belongs to the window in
 * which it begins, so that windows side by side sum up to the whole.
 *
 * @param fromMillis first millisecond since the scope's open
 * @param toMillis the first millisecond that is not in the window any more
 * @param sliced whether the slices are wanted one by one, beside their sum
 */
public record TimeWindow(long fromMillis, long toMillis, boolean sliced) {
  /** All of the scope's time. */
  public static final TimeWindow WHOLE = new TimeWindow(0, Long.MAX_VALUE);

  /** A window of which the sum is wanted only. */
  public TimeWindow(long fromMillis, long toMillis) {
    this(fromMillis, toMillis, false);
  }

  /** This window with its slices one by one. */
  public TimeWindow withSlices() {
    return new TimeWindow(fromMillis, toMillis, true);
  }

  /** Whether nothing is left out. */
  public boolean isWhole() {
    return fromMillis <= 0 && toMillis == Long.MAX_VALUE;
  }

  /** Whether a slice that begins then belongs to the window. */
  public boolean contains(long millis) {
    return millis >= fromMillis && isBeforeEnd(millis);
  }

  boolean isBeforeEnd(long millis) {
    return millis < toMillis;
  }

  /** The window in words, for a report: {@code from 2.0 s to 5.0 s after the scope's open}. */
  public String words() {
    String to = toMillis == Long.MAX_VALUE ? "the end" : Figures.duration(toMillis);
    return "from " + Figures.duration(fromMillis) + " to " + to + " after the scope's open";
  }
}
