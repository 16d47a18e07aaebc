package dev.heaplight.hook;

import java.lang.invoke.VarHandle;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Finds each thread's {@link ThreadCounters}.
 *
 * <p>An open-addressed table by thread id, and before it a smaller one of those found last. {@code
 * Thread.getId} may be overridden, which costs the slow way but never gives another thread's
 * counters, because the owner is compared. A ThreadLocal was measured at several times the cost.
 */
public final class ThreadTable {
  private static final int INITIAL_SLOTS = 1024;
  private static final int MAX_PROBES = 8;

  /** Slots for a million threads and more. */
  private static final int MAX_SLOTS = 1 << 21;

  /** Larger tables must hold a thread for so many slots, or a class overrides getId oddly. */
  private static final int MAX_ODD_SLOTS = 1 << 16;

  private static final int MAX_SLOTS_PER_THREAD = 16;

  private static final @Nullable Class<?> VIRTUAL_THREAD = virtualThreadClass();
  private static final ThreadCounters NOBODY = new ThreadCounters(null);
  private static final Object REGISTRATION = new Object();

  private static final int RECENT_MASK = 4095;

  /**
   * Where to look first: the slot of a thread's id in an array that never moves or grows, which
   * compiled code holds as a constant. Against a look into {@link #table} that took a quarter off
   * the cost of counting in a loop of small objects. Threads that share a slot push each other out.
   */
  private static final ThreadCounters[] RECENT = emptyTable(RECENT_MASK + 1);

  /** Replaced as a whole when it grows; entries are set under {@link #REGISTRATION}. */
  private static ThreadCounters[] table = emptyTable(INITIAL_SLOTS);

  /** Threads in the table; under {@link #REGISTRATION}. */
  private static int registered;

  /** How often all threads were called to the engine; see {@link #recall}. */
  private static volatile int era;

  private ThreadTable() {}

  /**
   * Counters of the calling thread; those of a thread that is never counted if it has none.
   *
   * <p>Hot path: the thread and its id, one mask, one load at a constant address, one comparison.
   */
  @ForceInline
  static ThreadCounters current() {
    Thread thread = Thread.currentThread();
    ThreadCounters found = recent(thread);
    return found.owner() == thread ? found : find(thread);
  }

  /** Counters found last in the place of {@code thread}, which may be another thread's. */
  @ForceInline
  static ThreadCounters recent(Thread thread) {
    return RECENT[slotOf(thread) & RECENT_MASK];
  }

  /** Counters of the calling thread, made if it has none; for the engine. */
  public static ThreadCounters ofCurrentThread() {
    Thread thread = Thread.currentThread();
    ThreadCounters found = probe(thread);
    return found != null ? found : register(thread, null);
  }

  /** Counters of the calling thread if it has any; never makes them. */
  static @Nullable ThreadCounters existing() {
    Thread thread = Thread.currentThread();
    ThreadCounters[] slots = table;
    ThreadCounters found = slots[slotOf(thread) & (slots.length - 1)];
    return found.owner() == thread ? found : probe(thread);
  }

  /** Makes counters for the calling virtual thread, which works for {@code scope} from now on. */
  static ThreadCounters ofVirtualThread(Thread thread, @Nullable WorkScope scope) {
    ThreadCounters found = probe(thread);
    return found != null ? found : register(thread, scope);
  }

  /** No thread's counters, which never count. */
  public static ThreadCounters ofNoThread() {
    return NOBODY;
  }

  /** Threads that have counters now. */
  public static int registeredThreads() {
    synchronized (REGISTRATION) {
      return registered;
    }
  }

  /**
   * Has each thread come to the engine at its next hook, even one that was seen before and works
   * for no scope: a scope opens that takes all threads. One caller at a time.
   *
   * <p>Threads in no scope leave the hooks at the first look. Emptying the slots where hooks look
   * first sends each of them once through {@link #find}, at no cost to the hooks themselves.
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one caller at a time
  public static void recall() {
    era++;
    for (int i = 0; i <= RECENT_MASK; i++) {
      RECENT[i] = NOBODY;
    }
  }

  /** Lets the calling thread follow a {@link #recall} before agent code that may not count. */
  public static void followRecall() {
    ThreadCounters counters = probe(Thread.currentThread());
    if (counters != null && counters.era != era) {
      boolean unused = recalled(counters);
    }
  }

  /** Forgets all threads; with the hooks off, since the agent leaves the JVM. */
  public static void forgetAll() {
    synchronized (REGISTRATION) {
      ThreadCounters[] empty = emptyTable(INITIAL_SLOTS);
      VarHandle.releaseFence();
      table = empty;
      registered = 0;
    }
    recall();
  }

  /** Forgets the calling thread. */
  public static void forgetCurrentThread() {
    ThreadCounters counters = probe(Thread.currentThread());
    if (counters != null) {
      forget(counters);
    }
  }

  /** Forgets the counters of threads that have ended; for the engine. */
  public static void forgetEndedThreads() {
    for (ThreadCounters counters : table) {
      Thread thread = counters.owner();
      if (thread != null && !thread.isAlive() && thread.getState() != Thread.State.NEW) {
        forget(counters);
      }
    }
  }

  /**
   * Brings another platform thread to the engine, or one that has not begun yet, unless it is known
   * already.
   *
   * @return its counters; of a virtual thread those of no thread
   */
  public static ThreadCounters adopt(Thread thread) {
    if (isVirtual(thread)) {
      return NOBODY;
    }
    ThreadCounters known = probe(thread);
    return known != null ? known : register(thread, null);
  }

  @ForceInline
  static int slotOf(Thread thread) {
    return (int) thread.getId();
  }

  private static ThreadCounters find(Thread thread) {
    ThreadCounters found = probe(thread);
    if (found != null) {
      if (found.era == era || recalled(found)) {
        int recent = found.home & RECENT_MASK;
        RECENT[recent] = found;
        VarHandle.fullFence(); // the era changes before the slots are emptied: one of the two shows
        if (found.era != era) {
          RECENT[recent] = NOBODY;
        }
      }
      return found;
    }
    // Virtual threads are many and short; one gets counters only when it works for a scope.
    return isVirtual(thread) ? NOBODY : register(thread, null);
  }

  /** Brings the calling thread to the engine; false if it must come again. */
  private static boolean recalled(ThreadCounters counters) {
    int before = counters.era;
    counters.era = era; // first: what the engine allocates comes back here
    if (AllocationHook.threadSeen(counters)) {
      return true;
    }
    counters.era = before;
    RECENT[counters.home & RECENT_MASK] = NOBODY;
    return false;
  }

  static boolean isVirtual(Thread thread) {
    return VIRTUAL_THREAD != null && VIRTUAL_THREAD.isInstance(thread);
  }

  /** Counters of {@code thread}, or null if it has none. */
  static @Nullable ThreadCounters probe(Thread thread) {
    ThreadCounters[] slots = table;
    int slot = slotOf(thread);
    for (int i = 0; i < MAX_PROBES; i++) {
      ThreadCounters candidate = slots[(slot + i) & (slots.length - 1)];
      if (candidate.owner() == thread) {
        return candidate;
      }
    }
    return null;
  }

  private static ThreadCounters register(Thread thread, @Nullable WorkScope inherited) {
    if (thread.getId() == 0) {
      return NOBODY; // being constructed on itself, as the JVM attaches a native thread
    }
    ThreadCounters counters = new ThreadCounters(thread);
    counters.era = era;
    CarrierPin.pin();
    try {
      synchronized (REGISTRATION) {
        ThreadCounters known = probe(thread);
        if (known != null) {
          return known; // another thread has adopted it meanwhile
        }
        while (!insert(table, counters)) {
          if (table.length >= maxSlots()) {
            return NOBODY;
          }
          ThreadCounters[] larger = grown(table);
          counters.addHookBytes(ObjectLayout.referenceArray(larger.length));
          // The table is read without a lock: its slots must be seen no later than itself.
          VarHandle.releaseFence();
          table = larger;
        }
        registered++;
      }
    } finally {
      CarrierPin.unpin();
    }
    // In the table by now, so that whatever allocates from here on finds it, inactive.
    counters.setInherited(inherited != null ? inherited : HandOver.takeInherited(thread));
    boolean unused = AllocationHook.threadSeen(counters);
    counters.setInherited(null);
    return counters;
  }

  /** Forgets a thread that has ended or is about to. */
  static void forget(ThreadCounters counters) {
    CarrierPin.pin();
    try {
      synchronized (REGISTRATION) {
        ThreadCounters[] slots = table;
        for (int i = 0; i < MAX_PROBES; i++) {
          int index = (counters.home + i) & (slots.length - 1);
          if (slots[index] == counters && counters != NOBODY) {
            slots[index] = NOBODY;
            registered--;
          }
        }
        int recent = counters.home & RECENT_MASK;
        if (RECENT[recent] == counters) {
          RECENT[recent] = NOBODY;
        }
      }
    } finally {
      CarrierPin.unpin();
    }
  }

  private static boolean insert(ThreadCounters[] slots, ThreadCounters counters) {
    if (counters.owner() == null) {
      return true;
    }
    for (int i = 0; i < MAX_PROBES; i++) {
      int index = (counters.home + i) & (slots.length - 1);
      if (slots[index] == NOBODY) {
        slots[index] = counters;
        return true;
      }
    }
    return false;
  }

  private static int maxSlots() {
    int forThreads = Math.min(registered, MAX_SLOTS / MAX_SLOTS_PER_THREAD) * MAX_SLOTS_PER_THREAD;
    return Math.max(MAX_ODD_SLOTS, forThreads);
  }

  /** A larger table in which every thread of {@code old} finds a place, up to the largest size. */
  private static ThreadCounters[] grown(ThreadCounters[] old) {
    for (int slots = old.length * 2; ; slots *= 2) {
      ThreadCounters[] larger = emptyTable(slots);
      if (insertAll(larger, old) || slots >= maxSlots()) {
        return larger;
      }
    }
  }

  private static boolean insertAll(ThreadCounters[] slots, ThreadCounters[] all) {
    boolean placed = true;
    for (ThreadCounters counters : all) {
      placed &= insert(slots, counters);
    }
    return placed;
  }

  private static ThreadCounters[] emptyTable(int slots) {
    ThreadCounters[] empty = new ThreadCounters[slots];
    for (int i = 0; i < slots; i++) {
      empty[i] = NOBODY;
    }
    return empty;
  }

  private static @Nullable Class<?> virtualThreadClass() {
    try {
      return Class.forName("java.lang.BaseVirtualThread", false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
