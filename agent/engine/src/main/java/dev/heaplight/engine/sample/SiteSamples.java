package dev.heaplight.engine.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the samples of one site say about how its allocations spread over stacks and classes. Not
 * thread-safe.
 *
 * <p>Calibration: the site's count is exact, the samples only give shares. Shares come from the
 * samples of the present time slice, and from all samples so far if the slice has none.
 */
final class SiteSamples {
  private final Map<StackAndClass, Weight> weights = new LinkedHashMap<>();
  private boolean sampledInSlice;

  /** Receives a share of a site's allocations. */
  interface Receiver {
    void share(StackAndClass where, long objects, long bytes);
  }

  private static final class Weight {
    private double objects;
    private double bytes;
    private double sliceObjects;
    private double sliceBytes;
  }

  void add(StackAndClass where, double objects, double bytes) {
    Weight weight = weights.computeIfAbsent(where, unused -> new Weight());
    weight.objects += objects;
    weight.bytes += bytes;
    weight.sliceObjects += objects;
    weight.sliceBytes += bytes;
    sampledInSlice = true;
  }

  /** Hands out exactly {@code objects} and {@code bytes}, and starts a new slice. */
  void spread(long objects, long bytes, Receiver receiver) {
    double allObjects = 0;
    double allBytes = 0;
    for (Weight weight : weights.values()) {
      allObjects += sampledInSlice ? weight.sliceObjects : weight.objects;
      allBytes += sampledInSlice ? weight.sliceBytes : weight.bytes;
    }
    double objectsSoFar = 0;
    double bytesSoFar = 0;
    long objectsGiven = 0;
    long bytesGiven = 0;
    int left = weights.size();
    for (Map.Entry<StackAndClass, Weight> entry : weights.entrySet()) {
      Weight weight = entry.getValue();
      objectsSoFar += sampledInSlice ? weight.sliceObjects : weight.objects;
      bytesSoFar += sampledInSlice ? weight.sliceBytes : weight.bytes;
      boolean last = --left == 0;
      // Rounding the running sum, not each share, makes the shares add up to the total.
      long objectsUpTo = last ? objects : (long) (objects * (objectsSoFar / allObjects));
      long bytesUpTo = last ? bytes : (long) (bytes * (bytesSoFar / allBytes));
      if (objectsUpTo > objectsGiven || bytesUpTo > bytesGiven) {
        receiver.share(entry.getKey(), objectsUpTo - objectsGiven, bytesUpTo - bytesGiven);
      }
      objectsGiven = objectsUpTo;
      bytesGiven = bytesUpTo;
      weight.sliceObjects = 0;
      weight.sliceBytes = 0;
    }
    sampledInSlice = false;
  }
}
