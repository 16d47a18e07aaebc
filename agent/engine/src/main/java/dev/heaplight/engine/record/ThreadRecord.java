package dev.heaplight.engine.record;

import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.hook.ThreadCounters;
import org.jspecify.annotations.Nullable;

/**
 * One thread and the scopes it works for, innermost first.
 *
 * <p>Concurrency: only the thread itself enters, leaves, suspends and resumes; each under this
 * object's lock, because the recorder asks at any time which counters belong to which scope.
 */
public final class ThreadRecord {
  private static final long[][] NO_PAGES = new long[0][];

  private final long id;
  private final ThreadLabel label;
  private final ThreadCounters counters;
  private final JvmCounts jvm;
  private @Nullable ThreadScope current;
  private long randomState;

  ThreadRecord(Thread thread, ThreadCounters counters, JvmCounts jvm) {
    this.id = thread.getId();
    this.label = new ThreadLabel(id, thread.getName());
    this.counters = counters;
    this.jvm = jvm;
    this.randomState = (id + 1) * 0x9E3779B97F4A7C15L;
  }

  long id() {
    return id;
  }

  /** The thread as recordings name it. */
  ThreadLabel label() {
    return label;
  }

  /** The thread's share in its innermost scope; null outside of any. Owner thread only. */
  public @Nullable ThreadScope current() {
    return current;
  }

  /** Stops counting at the start of agent code that belongs to no scope. Owner thread only. */
  synchronized void suspend(long allocatedBytes) {
    counters.setActive(false);
    ThreadScope scope = current;
    if (scope != null) {
      scope.stopped(allocatedBytes, counters);
    }
  }

  /** Goes on counting for the innermost scope that is still open. Owner thread only. */
  synchronized void resume() {
    ThreadScope scope = current;
    while (scope != null && scope.scope().isClosed()) {
      scope = scope.outer(); // closed by another thread, or out of order
      current = scope;
    }
    if (scope == null) {
      counters.setPages(NO_PAGES); // a thread in no scope keeps nothing of its last one
    } else {
      counters.setPages(scope.pages());
      counters.setCountdownBytes(scope.countdownBytes());
      scope.started(jvm.allocatedByCurrentThread(), counters);
      counters.setActive(true);
    }
  }

  /** Makes {@code inner} the innermost scope; counting must be suspended. Owner thread only. */
  synchronized void enter(ThreadScope inner) {
    current = inner;
  }

  /** Lets go of all scopes: the thread is about to end. Owner thread only. */
  synchronized void end() {
    current = null;
  }

  /** Returns this thread's share in {@code scope} after taking it out; null if there is none. */
  synchronized @Nullable ThreadScope leave(Scope scope) {
    ThreadScope inner = null;
    for (ThreadScope at = current; at != null; at = at.outer()) {
      if (at.scope() == scope) {
        if (inner == null) {
          current = at.outer();
        } else {
          inner.setOuter(at.outer());
        }
        return at;
      }
      inner = at;
    }
    return null;
  }

  /** The counters that belong to {@code share}, which may be counting now. Any thread. */
  synchronized long[][] pagesOf(ThreadScope share) {
    return share == current && share.isRunning() ? counters.pages() : share.pages();
  }

  /** Bytes the JVM counted for {@code share} since the last call. Any thread. */
  synchronized long takeJvmBytes(ThreadScope share) {
    if (share == current && share.isRunning()) {
      long allocated =
          Thread.currentThread().getId() == id
              ? jvm.allocatedByCurrentThread()
              : jvm.allocatedByThread(id);
      if (allocated >= 0) {
        share.advance(allocated, counters);
      }
    }
    return share.takeJvmBytes();
  }

  /** Has the thread come to the engine soon if it runs for {@code share}. Any thread. */
  synchronized void hurry(ThreadScope share) {
    if (share == current && share.isRunning()) {
      counters.hurry();
    }
  }

  /** A uniformly distributed number above 0 and below 1. Owner thread only. */
  double random() {
    randomState ^= randomState << 13;
    randomState ^= randomState >>> 7;
    randomState ^= randomState << 17;
    return ((randomState >>> 11) + 0.5) * 0x1.0p-53;
  }
}
