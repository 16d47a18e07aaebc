package dev.heaplight.viewer.stats;

import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects of about one size. A recording knows objects and bytes of a stack, a class and a thread,
 * not each object's size: all objects of one such row count by their average size in whole bytes.
 *
 * @param minBytes smallest average size, a power of two or 0
 * @param endBytes the first size that is too large
 * @param bytes bytes of all
 * @param objects number of all
 */
public record SizeClass(long minBytes, long endBytes, long bytes, long objects) {
  private static final int CLASSES = Long.SIZE - 1;

  /** The classes of {@code view} that have objects, smallest first; they sum up to the view's. */
  public static List<SizeClass> of(MetricView view) {
    long[] bytes = new long[CLASSES];
    long[] objects = new long[CLASSES];
    AllocationTotals totals = view.totals();
    for (int row = 0; row < totals.rows(); row++) {
      // Rounded, not cut off: counts that are estimates are whole numbers as well.
      long average = Math.round((double) totals.bytes(row) / Math.max(1, totals.objects(row)));
      int log2 = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, average));
      bytes[log2] += totals.bytes(row);
      objects[log2] += totals.objects(row);
    }
    List<SizeClass> classes = new ArrayList<>();
    for (int log2 = 0; log2 < CLASSES; log2++) {
      if (bytes[log2] > 0 || objects[log2] > 0) {
        long end = log2 == CLASSES - 1 ? Long.MAX_VALUE : 2L << log2;
        classes.add(new SizeClass(log2 == 0 ? 0 : 1L << log2, end, bytes[log2], objects[log2]));
      }
    }
    return classes;
  }
}
