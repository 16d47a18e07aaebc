package dev.heaplight.engine.live;

import dev.heaplight.engine.sample.SiteShare;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a scope has died: how old it was, and who allocated what never got old. Not thread-safe.
 *
 * <p>Weights are kept as they were sampled, site by site, and calibrated when they are asked for:
 * what a site's early samples stand for is known better later.
 */
final class Deaths {
  /** The last bucket holds this many collections and more. */
  private static final int MAX_COLLECTIONS = 15;

  private static final int MAX_LOG2 = 40;
  private static final int LOG2_BUCKETS = MAX_LOG2 + 1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Map<Grave, double[]> graves = new HashMap<>();
  private final Map<Young, double[]> young = new HashMap<>();

  private record Grave(SiteShare site, int collectionsSurvived, int millisLog2) {}

  private record Young(SiteShare site, Origin origin) {}

  void add(LiveSample sample, double scale, int collectionsSurvived, long ageNanos) {
    long millis = Math.max(1, ageNanos / NANOS_PER_MILLI);
    int log2 = Math.min(MAX_LOG2, Long.SIZE - 1 - Long.numberOfLeadingZeros(millis));
    Grave grave = new Grave(sample.site(), Math.min(collectionsSurvived, MAX_COLLECTIONS), log2);
    add(graves.computeIfAbsent(grave, unused -> new double[3]), sample, scale);
    if (collectionsSurvived == 0) {
      Young key = new Young(sample.site(), sample.origin());
      add(young.computeIfAbsent(key, unused -> new double[3]), sample, scale);
    }
  }

  private static void add(double[] sums, LiveSample sample, double scale) {
    sums[0] += scale * sample.sampledObjects();
    sums[1] += scale * sample.sampledBytes();
    sums[2]++;
  }

  void clear() {
    graves.clear();
    young.clear();
  }

  /** Everything that died, by age. */
  List<Lifetime> lifetimes() {
    double[] objects = new double[(MAX_COLLECTIONS + 1) * LOG2_BUCKETS];
    double[] bytes = new double[objects.length];
    graves.forEach(
        (grave, sums) -> {
          int bucket = grave.collectionsSurvived * LOG2_BUCKETS + grave.millisLog2;
          objects[bucket] += sums[0] * grave.site.objectsPerWeight();
          bytes[bucket] += sums[1] * grave.site.bytesPerWeight();
        });
    List<Lifetime> all = new ArrayList<>();
    for (int bucket = 0; bucket < objects.length; bucket++) {
      long roundedObjects = Math.round(objects[bucket]);
      long roundedBytes = Math.round(bytes[bucket]);
      if (roundedObjects > 0 || roundedBytes > 0) {
        all.add(
            new Lifetime(
                bucket / LOG2_BUCKETS, bucket % LOG2_BUCKETS, roundedObjects, roundedBytes));
      }
    }
    return all;
  }

  /** What died before it was seen alive after any collection. */
  Composition temporary(Moment moment) {
    Composition temporary = new Composition(LiveKind.TEMPORARY, moment);
    young.forEach(
        (key, sums) ->
            temporary.add(
                key.origin,
                sums[0] * key.site.objectsPerWeight(),
                sums[1] * key.site.bytesPerWeight(),
                (long) sums[2]));
    return temporary;
  }
}
