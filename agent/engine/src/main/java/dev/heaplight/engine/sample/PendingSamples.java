package dev.heaplight.engine.sample;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The samples one thread took for one scope and nobody resolved yet. One thread adds, any thread
 * takes all; without a lock.
 */
public final class PendingSamples {
  /** Unresolved stacks of all threads together; each takes 1-3 kB. */
  private static final AtomicInteger TOTAL = new AtomicInteger();

  private static final int MAX_TOTAL = 16_384;

  private final AtomicReference<@Nullable PendingSample> newest = new AtomicReference<>();

  /** Whether there is room for another sample anywhere in the JVM. */
  public static boolean full() {
    return TOTAL.get() >= MAX_TOTAL;
  }

  /** Unresolved samples of the whole JVM. */
  public static int total() {
    return TOTAL.get();
  }

  /** Adds a sample. */
  public void add(PendingSample sample) {
    TOTAL.incrementAndGet();
    PendingSample before;
    do {
      before = newest.get();
      sample.next = before;
    } while (!newest.compareAndSet(before, sample));
  }

  /** Takes all samples, newest first, linked by {@link PendingSample#next}. */
  @Nullable PendingSample takeAll() {
    PendingSample first = newest.getAndSet(null);
    int count = 0;
    for (PendingSample sample = first; sample != null; sample = sample.next) {
      count++;
    }
    TOTAL.addAndGet(-count);
    return first;
  }
}
