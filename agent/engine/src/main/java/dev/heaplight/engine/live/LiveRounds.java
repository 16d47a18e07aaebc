package dev.heaplight.engine.live;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices collections and has them looked at, open scopes and closed ones.
 *
 * <p>Cost: a round takes some 50 ns for each followed object. Rounds are paid for out of a bucket
 * that fills with a share of time; they pay in CPU time, since on a busy machine they wait. Where
 * collections come so often that it is empty, some are passed over; the next round sees what they
 * left. Recorder thread only.
 */
public final class LiveRounds {
  /** Rounds may take this share of the recorder's time. */
  private static final double MAX_SHARE = 0.02;

  private static final long MAX_BUCKET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CollectionClock clock;
  private final SurvivorWatch survivors;
  private final LongSupplier threadCpuNanos;
  private int collectionsLooked;
  private long bucketNanos = MAX_BUCKET_NANOS;
  private long filledNanos = System.nanoTime();

  /**
   * Creates rounds that start with the next collection.
   *
   * @param threadCpuNanos CPU time of the calling thread
   */
  public LiveRounds(CollectionClock clock, SurvivorWatch survivors, LongSupplier threadCpuNanos) {
    this.threadCpuNanos = threadCpuNanos;
    this.clock = clock;
    this.survivors = survivors;
    this.collectionsLooked = clock.collections();
  }

  /** Whether the clock shows a collection that was not looked at. */
  public boolean due() {
    return clock.collections() != collectionsLooked;
  }

  /** Whether a round can be paid for. */
  public boolean affordable() {
    long now = System.nanoTime();
    bucketNanos =
        Math.min(MAX_BUCKET_NANOS, bucketNanos + (long) ((now - filledNanos) * MAX_SHARE));
    filledNanos = now;
    return bucketNanos > 0;
  }

  /**
   * Looks at all scopes.
   *
   * @param lives the open scopes; what they allocated so far must have been brought in
   * @param startCpuNanos CPU time of the thread when the round began
   * @param collector name of the collector that ran last
   * @param durationMillis how long it took
   * @param bornBeforeNanos objects of later birth are not counted: a concurrent collector takes
   *     those that are allocated while it works for live without looking
   */
  public void run(
      List<ScopeLife> lives,
      long startCpuNanos,
      String collector,
      long durationMillis,
      long bornBeforeNanos) {
    clock.count(collectionsLooked + 1);
    int collections = clock.collections();
    new LivePass(lives, collections, bornBeforeNanos).run(collector, durationMillis);
    survivors.collected(collections, collector);
    collectionsLooked = collections;
    bucketNanos -= threadCpuNanos.getAsLong() - startCpuNanos;
  }
}
