package dev.heaplight.engine.live;

import java.util.List;

/**
 * Notices collections and has them looked at, open scopes and closed ones.
 *
 * <p>Cost: a round takes some 50 ns for each followed object. Where collections come so often that
 * rounds would take more than their share of time, some are passed over; the next round sees what
 * they left. Recorder thread only.
 */
public final class LiveRounds {
  /** Rounds may take this share of the recorder's time. */
  private static final double MAX_SHARE = 0.02;

  private final CollectionClock clock;
  private final SurvivorWatch survivors;
  private int collectionsLooked;
  private long notBeforeNanos = System.nanoTime();

  /** Creates rounds that start with the next collection. */
  public LiveRounds(CollectionClock clock, SurvivorWatch survivors) {
    this.clock = clock;
    this.survivors = survivors;
    this.collectionsLooked = clock.collections();
  }

  /** Whether there was a collection that is worth a round now. */
  public boolean due() {
    return clock.collections() != collectionsLooked && System.nanoTime() - notBeforeNanos >= 0;
  }

  /**
   * Looks at all scopes.
   *
   * @param lives the open scopes; what they allocated so far must have been brought in
   * @param startNanos when the round's preparation began
   * @param collector name of the collector that ran last
   * @param durationMillis how long it took
   */
  public void run(List<ScopeLife> lives, long startNanos, String collector, long durationMillis) {
    int collections = clock.collections();
    new LivePass(lives, collections).run(collector, durationMillis);
    survivors.collected(collections, collector);
    collectionsLooked = collections;
    long now = System.nanoTime();
    notBeforeNanos = now + (long) ((now - startNanos) / MAX_SHARE);
  }
}
