package dev.heaplight.engine.live;

import dev.heaplight.format.Lifetime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a scope's objects lived, in collections survived and in time. Not thread-safe. */
final class Lifetimes {
  /** The last bucket holds this many collections and more. */
  private static final int MAX_COLLECTIONS = 15;

  private static final int MAX_LOG2 = 40;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private double[] @Nullable [] sums = new double[0][];

  void add(int collectionsSurvived, long nanos, double objects, double bytes) {
    if (sums.length == 0) {
      sums = new double[MAX_COLLECTIONS + 1][];
    }
    int row = Math.min(collectionsSurvived, MAX_COLLECTIONS);
    double[] buckets = sums[row];
    if (buckets == null) {
      buckets = new double[2 * (MAX_LOG2 + 1)];
      sums[row] = buckets;
    }
    long millis = Math.max(1, nanos / NANOS_PER_MILLI);
    int log2 = Math.min(MAX_LOG2, Long.SIZE - 1 - Long.numberOfLeadingZeros(millis));
    buckets[2 * log2] += objects;
    buckets[2 * log2 + 1] += bytes;
  }

  List<Lifetime> all() {
    List<Lifetime> all = new ArrayList<>();
    for (int row = 0; row < sums.length; row++) {
      double[] buckets = sums[row];
      for (int log2 = 0; buckets != null && log2 <= MAX_LOG2; log2++) {
        long objects = Math.round(buckets[2 * log2]);
        long bytes = Math.round(buckets[2 * log2 + 1]);
        if (objects > 0 || bytes > 0) {
          all.add(new Lifetime(row, log2, objects, bytes));
        }
      }
    }
    return all;
  }
}
