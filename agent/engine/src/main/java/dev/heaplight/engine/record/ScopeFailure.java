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
  /** How long a thread waits for what its error is to say. */
  static final long PATIENCE_MILLIS = 500;

  private static final int MAX_CLOSE_LOOKS = 1_000;
  private static final long PATIENCE_BYTES = 16 << 10;

  private final Function<Map<String, String>, Error> errors;
  private final Set<Long> told = ConcurrentHashMap.newKeySet();
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile Map<String, String> facts;
  private volatile int refusals;

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
    return !told.contains(threadId);
  }

  /** Bytes from one look to the next of a thread that is to fail and could not yet. */
  long patienceBytes() {
    return refusals < MAX_CLOSE_LOOKS ? 0 : PATIENCE_BYTES;
  }

  /** Notes that a thread is to fail and its present allocation must not. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a lost one is one more close look
  void refused() {
    refusals++;
  }

  /** What the calling thread is to throw; null if it has been thrown there already. */
  @Nullable Error take(long threadId) {
    if (!told.add(threadId)) {
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
