package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.engine.sample.StackTable;
import java.util.HashMap;
import java.util.Map;

/**
 * The samples of one scope, scaled so that what is written is what the JVM counted. Not
 * thread-safe.
 *
 * <p>At each flush the samples since the last one share the bytes the JVM counted meanwhile by
 * their weights. So a scope's sum is exact at every flush, and each slice of time is a stratum of
 * its own, which makes stacks more exact too. A few samples are not made to stand for many times
 * their weight: what is above {@link #MAX_SCALE} waits for more of them, and at the end goes to all
 * stacks of the scope by their weights. Where nothing was sampled at all it is written under the
 * name {@link #NOT_SAMPLED}.
 */
final class SampledSums {
  /** Class of what no sample stands for. */
  static final String NOT_SAMPLED = "[not sampled]";

  private static final double MAX_SCALE = 2;

  /** Stacks of so many threads are kept for the end; what comes later is written all the same. */
  private static final int MAX_KEPT = 20_000;

  /** A map's entry, its key and an array of two. */
  private static final long ENTRY_BYTES = 144;

  private static final Origin NOWHERE =
      new Origin(
          new ThreadLabel(0, "threads not sampled"),
          new StackAndClass(StackTable.EMPTY, NOT_SAMPLED));

  private final Map<Origin, double[]> all = new HashMap<>();
  private Map<Origin, double[]> fresh = new HashMap<>();
  private double freshBytes;
  private double allBytes;

  /** Takes what is to be written. */
  interface Receiver {
    void allocated(Origin origin, long objects, long bytes);
  }

  /** Adds a sample. */
  void add(Origin origin, double objects, double bytes) {
    add(fresh, origin, objects, bytes);
    freshBytes += bytes;
  }

  /** Estimate of the memory this takes. */
  long memoryBytes() {
    return (all.size() + fresh.size()) * ENTRY_BYTES;
  }

  /** Forgets all. */
  void clear() {
    all.clear();
    fresh.clear();
    freshBytes = 0;
    allBytes = 0;
  }

  /** Hands out the samples by their own weights: the JVM's count is not known. */
  void settle(Receiver receiver) {
    pay(fresh, freshBytes, Math.round(freshBytes), receiver);
    keep();
  }

  /**
   * Hands out what the JVM counted and was not handed out before.
   *
   * @param dueBytes how much that is
   * @param last whether all of it must be handed out now
   * @return how much was
   */
  long settle(long dueBytes, boolean last, Receiver receiver) {
    long payable = Math.max(0, Math.min(dueBytes, Math.round(freshBytes * MAX_SCALE)));
    pay(fresh, freshBytes, payable, receiver);
    keep();
    long rest = dueBytes - payable;
    if (!last || rest <= 0) {
      return payable;
    }
    if (allBytes > 0) {
      pay(all, allBytes, rest, receiver);
    } else {
      receiver.allocated(NOWHERE, 0, rest);
    }
    return payable + rest;
  }

  private void keep() {
    fresh.forEach(
        (origin, sums) -> {
          if (all.size() < MAX_KEPT || all.containsKey(origin)) {
            add(all, origin, sums[0], sums[1]);
            allBytes += sums[1];
          }
        });
    fresh = new HashMap<>();
    freshBytes = 0;
  }

  private static void add(Map<Origin, double[]> to, Origin origin, double objects, double bytes) {
    double[] sums = to.computeIfAbsent(origin, unused -> new double[2]);
    sums[0] += objects;
    sums[1] += bytes;
  }

  /** Shares {@code payable} out to the byte: what rounding leaves goes from one to the next. */
  private static void pay(
      Map<Origin, double[]> sums, double sumBytes, long payable, Receiver receiver) {
    if (payable <= 0 || sumBytes <= 0) {
      return;
    }
    double scale = payable / sumBytes;
    double owed = 0;
    long paid = 0;
    int left = sums.size();
    for (Map.Entry<Origin, double[]> entry : sums.entrySet()) {
      owed += entry.getValue()[1] * scale;
      left--;
      long bytes = (left == 0 ? payable : Math.min(payable, Math.round(owed))) - paid;
      long objects = Math.max(bytes > 0 ? 1 : 0, Math.round(entry.getValue()[0] * scale));
      if (bytes > 0) {
        receiver.allocated(entry.getKey(), objects, bytes);
        paid += bytes;
      }
    }
  }
}
