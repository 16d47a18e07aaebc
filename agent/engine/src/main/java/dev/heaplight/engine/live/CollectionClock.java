package dev.heaplight.engine.live;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts the garbage collections that cleared weak references, as seen by those who ask.
 *
 * <p>A weak reference to an otherwise unreachable object is cleared by the same collection, and in
 * the same step, that clears the references to sampled objects. So a sample taken after the clock
 * moved was never looked at by that collection, which no bean of the JVM can say: they tell of a
 * collection some milliseconds late. Collections between two questions count as one, and those that
 * do not treat weak references (young ones of generational ZGC) do not count.
 *
 * <p>Thread-safe. Cost of a question: two loads.
 */
public final class CollectionClock {
  private volatile Tick tick = new Tick(0);
  private volatile @Nullable Thread woken;

  private static final class Tick extends WeakReference<Object> {
    private final int collections;

    Tick(int collections) {
      super(new Object());
      this.collections = collections;
    }
  }

  /** Names the thread to wake, if it is parked, as soon as anybody sees a collection. */
  public void wake(Thread thread) {
    woken = thread;
  }

  /** Collections seen so far. */
  public int collections() {
    Tick present = tick;
    return present.refersTo(null) ? next(present) : present.collections;
  }

  /**
   * Counts a collection that the JVM told of and that the reference did not show, because it was
   * itself made while that collection ran.
   */
  synchronized void count(int collections) {
    if (tick.collections < collections) {
      tick = new Tick(collections);
    }
  }

  private synchronized int next(Tick cleared) {
    if (tick == cleared) {
      tick = new Tick(cleared.collections + 1);
      LockSupport.unpark(woken);
    }
    return tick.collections;
  }
}
