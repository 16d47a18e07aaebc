package dev.heaplight.engine.sample;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The samples one share in a scope took and nobody resolved yet. Its threads add, any thread takes
 * all; without a lock. Once ended it takes none: nobody would resolve them.
 */
public final class PendingSamples {
  /** Unresolved stacks of all threads together; each takes 1-3 kB. */
  private static final AtomicInteger TOTAL = new AtomicInteger();

  private static final int MAX_TOTAL = 16_384;

  private static final PendingSample ENDED =
      new PendingSample(new Throwable(), null, Object.class, 0, 0, 0, null);

  private final AtomicReference<@Nullable PendingSample> newest = new AtomicReference<>();

  /** Whether there is room for another sample anywhere in the JVM. */
  public static boolean full() {
    return TOTAL.get() >= MAX_TOTAL;
  }

  /** Unresolved samples of the whole JVM. */
  public static int total() {
    return TOTAL.get();
  }

  /** Adds a sample, unless the last ones were taken. */
  public void add(PendingSample sample) {
    TOTAL.incrementAndGet();
    PendingSample before;
    do {
      before = newest.get();
      if (before == ENDED) {
        TOTAL.decrementAndGet();
        return;
      }
      sample.next = before;
    } while (!newest.compareAndSet(before, sample));
  }

  /**
   * Takes all samples, newest first, linked by {@link PendingSample#next}.
   *
   * @param last whether no more are wanted
   */
  @Nullable PendingSample takeAll(boolean last) {
    PendingSample first = newest.getAndSet(last ? ENDED : null);
    if (first == ENDED) {
      newest.set(ENDED);
      return null;
    }
    int count = 0;
    for (PendingSample sample = first; sample != null; sample = sample.next) {
      count++;
    }
    TOTAL.addAndGet(-count);
    return first;
  }
}
