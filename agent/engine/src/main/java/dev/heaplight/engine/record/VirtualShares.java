package dev.heaplight.engine.record;

import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.hook.SharedPages;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The few shares in a scope that all its virtual threads have together. Thread-safe.
 *
 * <p>Several, so that threads on different processors seldom add to the same counter at once.
 */
final class VirtualShares {
  private static final int STRIPES = 4;
  private static final ThreadRecord VIRTUAL_THREADS = ThreadRecord.ofVirtualThreads();

  private final Scope scope;
  private final AtomicReferenceArray<@Nullable ThreadScope> stripes =
      new AtomicReferenceArray<>(STRIPES);

  VirtualShares(Scope scope) {
    this.scope = scope;
  }

  /** The share of the virtual thread with this id, made with a tally of {@code newTally}. */
  ThreadScope of(long threadId, Supplier<CounterTally> newTally) {
    int stripe = (int) (threadId & (STRIPES - 1));
    ThreadScope known = stripes.get(stripe);
    if (known != null) {
      return known;
    }
    ThreadScope fresh = new ThreadScope(scope, VIRTUAL_THREADS, newTally.get(), new SharedPages());
    ThreadScope first = stripes.compareAndExchange(stripe, null, fresh);
    if (first != null) {
      return first;
    }
    scope.addMemberUpwards(fresh);
    scope.missJvmCountUpwards(); // the JVM does not count by virtual thread
    return fresh;
  }
}
