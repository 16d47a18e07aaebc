package dev.heaplight.engine.record;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scope as the memory monitor sees it: something that can be failed or held back.
 *
 * <p>Concurrency: orders are given and taken back under this object's lock, and read without it.
 */
final class ScopeTask {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final long key;
  private final TaskTerms terms;
  private final long openedMillis = System.currentTimeMillis();
  private volatile @Nullable Function<Map<String, String>, Error> errors;
  private volatile @Nullable ScopeFailure failure;
  private volatile long heldUntilNanos = System.nanoTime();
  private volatile boolean held;
  private volatile long allocatedBeforeLookBytes;
  private volatile long allocatedAtCollectionBytes;

  /**
   * A task that goes on undisturbed.
   *
   * @param key its number in this worker, from 1
   * @param errors makes the application's error; null if it has none
   */
  ScopeTask(long key, TaskTerms terms, @Nullable Function<Map<String, String>, Error> errors) {
    this.key = key;
    this.terms = terms;
    this.errors = errors;
  }

  long key() {
    return key;
  }

  TaskTerms terms() {
    return terms;
  }

  long openedMillis() {
    return openedMillis;
  }

  /** Whether an error can be thrown in it. */
  boolean canFail() {
    return errors != null;
  }

  /** The order to fail, or null. */
  @Nullable ScopeFailure failure() {
    return failure;
  }

  /**
   * Orders the scope to fail; null if there is no error to throw.
   *
   * @param facts what the error says if nothing more is learnt in time
   */
  synchronized @Nullable ScopeFailure fail(Map<String, String> facts) {
    Function<Map<String, String>, Error> maker = errors;
    if (maker == null) {
      return null;
    }
    ScopeFailure order = new ScopeFailure(maker, facts);
    failure = order;
    heldUntilNanos = System.nanoTime(); // it waits for its order instead
    return order;
  }

  /** Takes an order back, unless there is another by now: who was not told goes on. */
  synchronized void drop(ScopeFailure order) {
    if (failure == order) {
      failure = null;
    }
  }

  /** Has threads that come to the engine wait, but for a scope that is to fail. */
  synchronized void holdBack(long millis) {
    if (failure == null) {
      heldUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      held = true; // after the time: who sees it must find that
    }
  }

  /** Whether threads that come to the engine wait. */
  boolean isHeld() {
    return held;
  }

  /** Waits while the scope is held back; not for long in a thread that is interrupted. */
  void awaitRelease() {
    long left = leftNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, Math.min(left, LOOK_NANOS));
      left = leftNanos();
    }
    held = false;
    if (leftNanos() > 0) {
      held = true; // held back anew meanwhile, or this thread was interrupted and others were not
    }
  }

  private long leftNanos() {
    return heldUntilNanos - System.nanoTime();
  }

  /** It is about to be seen what lives of it; so much is allocated before. */
  void looks(long allocatedBytes) {
    allocatedBeforeLookBytes = allocatedBytes;
  }

  /** It was seen what lived at a collection, since which so much is allocated. */
  void looked(long youngBytes) {
    allocatedAtCollectionBytes = Math.max(0, allocatedBeforeLookBytes - youngBytes);
  }

  /** How much had been allocated at the last collection that was looked at. */
  long allocatedAtCollectionBytes() {
    return allocatedAtCollectionBytes;
  }

  /** Lets go of what is the application's. */
  synchronized void end() {
    errors = null;
    failure = null;
  }
}
