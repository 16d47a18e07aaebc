package dev.heaplight.viewer.text;

import dev.heaplight.format.LiveHeader;

/** When a composition of live objects was taken, as text. */
public final class MomentText {
  private MomentText() {}

  /**
   * {@code at GC 2 (G1 Old Generation) after 1.4 s}; {@code after 2 GCs and 1.4 s} when it was not
   * taken at a collection, {@code before any GC, after 1.4 s} when there was none, and {@code after
   * 1.4 s} when that is not known.
   */
  public static String of(LiveHeader header) {
    String elapsed = Figures.duration(header.elapsedMillis());
    long collections = header.collection();
    if (collections == LiveHeader.UNKNOWN_COLLECTION) {
      return "after " + elapsed;
    }
    if (collections == 0) {
      return "before any GC, after " + elapsed;
    }
    if (header.collector().isEmpty()) {
      String gcs = collections == 1 ? " GC and " : " GCs and ";
      return "after " + Figures.count(collections) + gcs + elapsed;
    }
    return "at GC " + Figures.count(collections) + " (" + header.collector() + ") after " + elapsed;
  }
}
