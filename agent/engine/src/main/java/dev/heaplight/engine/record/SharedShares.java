package dev.heaplight.engine.record;

import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.hook.SharedPages;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The few shares in a scope that many threads have together: its virtual threads, or those that
 * came when there was no memory left for counters of their own. Thread-safe.
 *
 * <p>Several, so that threads on different processors seldom add to the same counter at once.
 */
final class SharedShares {
  private static final int STRIPES = 4;

  private final Scope scope;
  private final ThreadRecord threads;
  private final AtomicReferenceArray<@Nullable ThreadScope> stripes =
      new AtomicReferenceArray<>(STRIPES);

  /**
   * No shares yet.
   *
   * @param threads stands in recordings for all of them
   */
  SharedShares(Scope scope, ThreadRecord threads) {
    this.scope = scope;
    this.threads = threads;
  }

  /** The share of the thread with this id, made with a tally of {@code newTally}. */
  ThreadScope of(long threadId, Supplier<CounterTally> newTally) {
    int stripe = (int) (threadId & (STRIPES - 1));
    ThreadScope known = stripes.get(stripe);
    if (known != null) {
      return known;
    }
    ThreadScope fresh = new ThreadScope(scope, threads, newTally.get(), new SharedPages());
    ThreadScope first = stripes.compareAndExchange(stripe, null, fresh);
    if (first != null) {
      return first;
    }
    scope.addMemberUpwards(fresh);
    scope.missJvmCountUpwards(); // shares have no thread to ask for
    return fresh;
  }
}
