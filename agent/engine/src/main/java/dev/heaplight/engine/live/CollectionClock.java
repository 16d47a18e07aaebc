package dev.heaplight.engine.live;

import java.lang.ref.WeakReference;

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

  private static final class Tick extends WeakReference<Object> {
    private final int collections;

    Tick(int collections) {
      super(new Object());
      this.collections = collections;
    }
  }

  /** Collections seen so far. */
  public int collections() {
    Tick present = tick;
    return present.refersTo(null) ? next(present) : present.collections;
  }

  private synchronized int next(Tick cleared) {
    if (tick == cleared) {
      tick = new Tick(cleared.collections + 1);
    }
    return tick.collections;
  }
}
