package dev.heaplight.engine.record;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order to fail a scope, in each of its threads once.
 *
 * <p>Threads come to it before all is known that the error is to say: they wait, and so allocate
 * nothing meanwhile.
 *
 * <p>Thread-safe.
 */
final class ScopeFailure {
  private static final long PATIENCE_MILLIS = 500;

  private final Function<Map<String, String>, Error> errors;
  private final Set<Long> failed = ConcurrentHashMap.newKeySet();
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile Map<String, String> facts;

  /**
   * An order.
   *
   * @param errors makes the application's error
   * @param facts what it says if nothing more is learnt in time
   */
  ScopeFailure(Function<Map<String, String>, Error> errors, Map<String, String> facts) {
    this.errors = errors;
    this.facts = facts;
  }

  /** Sets what the error says. */
  void complete(Map<String, String> complete) {
    facts = complete;
    known.countDown();
  }

  /** Whether a thread is still to fail. */
  boolean concerns(long threadId) {
    return !failed.contains(threadId);
  }

  /** What the calling thread is to throw; null if it has been thrown there already. */
  @Nullable Error take(long threadId) {
    if (!failed.add(threadId)) {
      return null;
    }
    try {
      boolean unused = known.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is the application's to know
    }
    return errors.apply(facts);
  }
}
