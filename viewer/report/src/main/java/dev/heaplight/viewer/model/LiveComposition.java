package dev.heaplight.viewer.model;

import dev.heaplight.format.LiveHeader;

/**
 * What of a scope was alive at one moment, or dead soon.
 *
 * @param header what it shows, and when and on what grounds it was taken
 * @param totals objects and bytes by stack, class and thread
 */
public record LiveComposition(LiveHeader header, AllocationTotals totals) {
  /** Whether no garbage collection had run by then, so that nothing could be found dead. */
  public boolean isUpperBound() {
    return header.collection() == 0;
  }

  boolean isLargerThan(LiveComposition other) {
    return totals.totalBytes() > other.totals.totalBytes();
  }
}
