package dev.heaplight.viewer.text;

import dev.heaplight.format.LiveHeader;

/** When a composition of live objects was taken, as text. */
public final class MomentText {
  private MomentText() {}

  /** {@code at GC 2 (G1 Old Generation) after 1.4 s}, or {@code before any GC, after 1.4 s}. */
  public static String of(LiveHeader header) {
    String after = "after " + Figures.duration(header.elapsedMillis());
    if (header.collection() == 0) {
      return "before any GC, " + after;
    }
    String collector = header.collector().isEmpty() ? "" : " (" + header.collector() + ")";
    return "at GC " + Figures.count(header.collection()) + collector + " " + after;
  }
}
