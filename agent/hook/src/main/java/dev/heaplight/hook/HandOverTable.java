package dev.heaplight.hook;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which scope handed over a task, by the task's identity and without keeping it alive.
 *
 * <p>Layout: a fixed array of chains, newest entry first. The same task may wait several times, for
 * a {@code Runnable} is often one object for all; its entries are taken oldest first.
 *
 * <p>Concurrency: no locks, since callers may hold a queue's lock or be a virtual thread that must
 * not block. An entry is added by swapping a chain's head and taken by marking it. Marked entries
 * and those of collected tasks are unlinked by whoever walks by; one thread at a time, because two
 * that unlink neighbours would bring one of them back. An unlinked entry still leads to the rest of
 * the chain, so that a reader standing on it goes on.
 *
 * <p>Eras: with the hooks off nothing is added or taken, so what was there before means nothing
 * once they are on again; {@link #newEra} makes all of it void.
 */
final class HandOverTable {
  /** The task runs once for each time it was added, oldest first. */
  static final int QUEUED = 0;

  /** The task waits in one place only: a new entry takes the place of those before. */
  static final int FORKED = 1;

  /** The task may run any number of times, always for the scope of its first entry. */
  static final int KEPT = 2;

  /** The task runs once, for the scope of its first entry. */
  static final int ONCE = 3;

  /** What one entry takes with compressed references; the JVM counts it. */
  static final long ENTRY_BYTES = 56;

  private static final int CHAINS = 1 << 16;
  private static final int HASH_SHIFT = 16;
  private static final int GUARD_SHIFT = 8;

  /** Entries added to a chain between two walks that only unlink. */
  private static final int ADDED_PER_WALK = 8;

  private static final AtomicIntegerFieldUpdater<Entry> TAKEN =
      AtomicIntegerFieldUpdater.newUpdater(Entry.class, "taken");

  private final AtomicReferenceArray<@Nullable Entry> heads = new AtomicReferenceArray<>(CHAINS);

  /** 1 where a thread unlinks entries of one of these chains. */
  private final AtomicIntegerArray unlinking = new AtomicIntegerArray(CHAINS >>> GUARD_SHIFT);

  private volatile int era;

  private static final class Entry extends WeakReference<Object> {
    private final WorkScope scope;
    private final boolean kept;
    private final int era;
    private final int length;
    private volatile @Nullable Entry next;
    private volatile int taken;

    Entry(Object task, WorkScope scope, boolean kept, int era, @Nullable Entry next) {
      super(task);
      this.scope = scope;
      this.kept = kept;
      this.era = era;
      this.next = next;
      this.length = next == null ? 1 : next.length + 1;
    }
  }

  /**
   * Adds an entry for {@code task}.
   *
   * @param order one of the constants above
   * @return bytes allocated for it; 0 if an entry that is there already counts
   */
  long add(Object task, WorkScope scope, int order) {
    int chain = chainOf(task);
    for (Entry at = heads.get(chain); at != null; at = at.next) {
      if (isLive(at) && at.refersTo(task)) {
        if (at.kept || order >= KEPT) {
          return 0;
        }
        if (order == FORKED) {
          take(at);
        }
      }
    }
    Entry added;
    Entry head;
    do {
      head = heads.get(chain);
      added = new Entry(task, scope, order == KEPT, era, head);
    } while (!heads.compareAndSet(chain, head, added));
    if (added.length % ADDED_PER_WALK == 0) {
      unlink(chain);
    }
    return ENTRY_BYTES;
  }

  /** The scope of the oldest entry of {@code task}, which is taken unless it is kept; or null. */
  @Nullable WorkScope take(Object task) {
    int chain = chainOf(task);
    while (true) {
      Entry head = heads.get(chain);
      Entry oldest = null;
      for (Entry at = head; at != null; at = at.next) {
        if (isLive(at) && at.refersTo(task)) {
          oldest = at;
        }
      }
      if (oldest == null) {
        if (heads.get(chain) == head) {
          return null;
        }
        continue; // another thread may have taken the entry for us and added one for itself
      }
      if (oldest.kept) {
        return oldest.scope;
      }
      if (take(oldest)) {
        unlink(chain);
        return oldest.scope;
      }
    }
  }

  /** Takes back the newest entry of {@code task}, which will not run after all. */
  void withdraw(Object task) {
    int chain = chainOf(task);
    for (Entry at = heads.get(chain); at != null; at = at.next) {
      if (isLive(at) && at.refersTo(task)) {
        if (!at.kept) {
          take(at);
          unlink(chain);
        }
        return;
      }
    }
  }

  /** Makes void what is there, when the hooks go on after they were off. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the engine switches hooks under a lock
  void newEra() {
    era++;
  }

  /** Unlinks what is void, taken or belongs to collected tasks; for a thread of the agent's own. */
  void sweep() {
    for (int chain = 0; chain < CHAINS; chain++) {
      if (heads.get(chain) != null) {
        unlink(chain);
      }
    }
  }

  /** Entries linked now; walks the whole table. */
  int size() {
    int size = 0;
    for (int chain = 0; chain < CHAINS; chain++) {
      for (Entry at = heads.get(chain); at != null; at = at.next) {
        size++;
      }
    }
    return size;
  }

  private void unlink(int chain) {
    int guard = chain >>> GUARD_SHIFT;
    if (!unlinking.compareAndSet(guard, 0, 1)) {
      return; // another thread is at it; what it misses, a later walk finds
    }
    try {
      unlinkAlone(chain);
    } finally {
      unlinking.set(guard, 0);
    }
  }

  private void unlinkAlone(int chain) {
    Entry before = null;
    for (Entry at = heads.get(chain); at != null; at = at.next) {
      if (isLive(at) && !at.refersTo(null)) {
        before = at;
        continue;
      }
      if (before == null && !heads.compareAndSet(chain, at, at.next)) {
        before = entryBefore(chain, at); // new entries came in front of it
      }
      if (before != null) {
        before.next = at.next;
      }
    }
  }

  private @Nullable Entry entryBefore(int chain, Entry sought) {
    Entry before = heads.get(chain);
    while (before != null && before.next != sought) {
      before = before.next;
    }
    return before;
  }

  private boolean isLive(Entry entry) {
    return entry.taken == 0 && entry.era == era;
  }

  private static boolean take(Entry entry) {
    return TAKEN.compareAndSet(entry, 0, 1);
  }

  private static int chainOf(Object task) {
    int hash = System.identityHashCode(task);
    return (hash ^ (hash >>> HASH_SHIFT)) & (CHAINS - 1);
  }
}
