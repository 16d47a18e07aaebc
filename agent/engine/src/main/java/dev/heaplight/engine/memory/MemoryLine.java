package dev.heaplight.engine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The latest points of the process's memory, one line for all scopes. Thread-safe.
 *
 * <p>A scope remembers the number of the next point it has not seen. A scope that comes too late
 * misses the oldest points; at the shortest interval that takes ten seconds without a flush.
 */
public final class MemoryLine {
  static final int MAX_POINTS = 1024;

  private final @Nullable MemoryPoint[] points = new MemoryPoint[MAX_POINTS];
  private long count;
  private volatile boolean wanted;
  private volatile boolean ended;
  private volatile @Nullable Thread sleeper;

  /** Starts or stops wanting points: they are taken only while a scope is open. */
  public void want(boolean on) {
    wanted = on;
    Thread asleep = on ? sleeper : null;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }

  /** No points are wanted any more: the agent leaves the JVM. */
  public void end() {
    ended = true;
    LockSupport.unpark(sleeper);
  }

  /** Whether no points are wanted any more. */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether any scope is open. */
  public boolean isWanted() {
    return wanted;
  }

  /** Blocks the calling thread, the one that takes points, until some are wanted. */
  public void awaitWanted() {
    sleeper = Thread.currentThread();
    while (!wanted && !ended) {
      LockSupport.park(this);
    }
    sleeper = null;
  }

  /** Adds a point. */
  public synchronized void add(MemoryPoint point) {
    points[(int) (count % MAX_POINTS)] = point;
    count++;
  }

  /** Number that the next point will have. */
  public synchronized long next() {
    return count;
  }

  /** The points from number {@code first} up to {@code end}, oldest first, as far as still held. */
  public synchronized List<MemoryPoint> between(long first, long end) {
    List<MemoryPoint> found = new ArrayList<>();
    for (long number = Math.max(first, count - MAX_POINTS); number < end; number++) {
      MemoryPoint point = points[(int) (number % MAX_POINTS)];
      if (point != null) {
        found.add(point);
      }
    }
    return found;
  }
}
