package dev.heaplight.hook;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RunnableScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Called by woven code of the JDK where work goes from one thread to another: an allocation belongs
 * to the scope whose code handed the work over.
 *
 * <p>Where work is handed over, the task is remembered with the thread's scope; tasks are not
 * wrapped, because executors are asked to find, compare and remove them. Where a task begins, the
 * thread works for the task's scope instead of its own, and where it ends for its own again: a pool
 * thread that waits for one task may run another scope's, or nobody's, meanwhile. What was handed
 * over outside of any scope is remembered too, for the same reason.
 *
 * <p>Levels: tasks run one inside another. Only their number is kept here, and the innermost level
 * that changed anything, so that no local variable has to be added to a woven method. With the
 * hooks off all of this is one static load and a branch, except that levels begun before are still
 * counted.
 *
 * <p>Safety: as in {@link AllocationHook}. Nothing here blocks, as callers may hold the lock of a
 * pool's queue.
 */
public final class HandOver {
  private static final HandOverTable TABLE = new HandOverTable();
  private static final @Nullable Class<?> CARRIER = known("jdk.internal.misc.CarrierThread");
  private static final @Nullable Class<?>[] POOL_THREADS = {
    ForkJoinWorkerThread.class,
    known("java.util.TimerThread"),
    known("java.util.concurrent.DelayScheduler"),
    known("jdk.internal.misc.InnocuousThread"),
  };

  /** Whether any scope has ever been open. */
  private static boolean used;

  /** Whether a thread is placed before it runs, since nothing tells of its first allocation. */
  private static boolean placesThreads;

  /** The scope of the whole process, which takes what no other scope handed over. */
  private static volatile @Nullable WorkScope process;

  /** The pool that runs virtual threads: what is pushed there is no work of the application. */
  private static @Nullable ForkJoinPool carriers;

  private HandOver() {}

  /** Initialises and links what this class needs, before the JDK's classes call it. */
  public static void prepare() {
    SharedPages.prepare();
    Object task = new Object();
    long unused = TABLE.add(task, WorkScope.NONE, HandOverTable.QUEUED);
    TABLE.withdraw(task);
  }

  /** Sets the scope of the whole process. */
  public static void setProcess(@Nullable WorkScope scope) {
    process = scope;
  }

  /** Has threads placed as they are started, and not at their first allocation. */
  public static void placeThreadsEarly(boolean early) {
    placesThreads = early;
  }

  /** Forgets all work; with the hooks off, since the agent leaves the JVM. */
  public static void forgetAll() {
    process = null;
    TABLE.newEra();
    TABLE.sweep();
  }

  /** Forgets work that was collected or has run; for a thread of the agent's own. */
  public static void sweep() {
    TABLE.sweep();
  }

  /** Tasks remembered now; walks the whole table. */
  public static int waitingTasks() {
    return TABLE.size();
  }

  /** Hooks go on: what was remembered before they went off is void. */
  static void begin() {
    used = true;
    TABLE.newEra();
  }

  /** An executor takes a task, which runs once for each time it is taken. */
  public static void queued(@Nullable Object task) {
    if (AllocationHook.enabled) {
      remember(task, HandOverTable.QUEUED);
    }
  }

  /** An executor takes a task that may come again by itself. */
  public static void scheduled(@Nullable Object task) {
    if (AllocationHook.enabled) {
      remember(task, isPeriodic(task) ? HandOverTable.KEPT : HandOverTable.QUEUED);
    }
  }

  /** A task that may run several times, always for the scope that made it. */
  public static void kept(@Nullable Object task) {
    if (AllocationHook.enabled) {
      remember(task, HandOverTable.KEPT);
    }
  }

  /** A fork-join task goes into a queue. */
  public static void forked(@Nullable Object task) {
    forked(task, null);
  }

  /** A fork-join task goes into a queue of {@code pool}. */
  public static void forked(@Nullable Object task, @Nullable Object pool) {
    if (AllocationHook.enabled && (pool == null || pool != carriers)) {
      remember(task, HandOverTable.FORKED);
    }
  }

  /** A thread is about to be started. */
  public static void threadStarts(@Nullable Object thread) {
    if (AllocationHook.enabled) {
      if (!isPoolThread(thread)) {
        remember(thread, HandOverTable.ONCE);
      }
      if (placesThreads && thread instanceof Thread starting) {
        place(starting);
      }
    }
  }

  private static void place(Thread starting) {
    ThreadCounters caller = ThreadTable.current();
    int active = caller.active;
    int switches = caller.switches;
    if (caller.owner() != null) {
      caller.active = ThreadCounters.OFF;
    }
    try {
      ThreadCounters unused = ThreadTable.adopt(starting);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      if (caller.owner() != null && caller.switches == switches) {
        caller.active = active; // unless it was placed elsewhere meanwhile
      }
    }
  }

  /** A pool is about to start a thread, which does not belong to the scope that needed it first. */
  public static void pooled(@Nullable Object thread) {
    if (AllocationHook.enabled) {
      remember(thread, WorkScope.NONE, HandOverTable.ONCE);
    }
  }

  /** An executor did not take a task after all. */
  public static void withdrawn(@Nullable Object task) {
    if (AllocationHook.enabled && task != null) {
      try {
        TABLE.withdraw(task);
      } catch (Throwable t) {
        AllocationHook.failed(t);
      }
    }
  }

  /** A pool's thread begins a task; one that was not remembered belongs to no scope. */
  public static void enterTask(@Nullable Object task) {
    if (AllocationHook.enabled) {
      enter(take(task));
    } else {
      enterUncounted();
    }
  }

  /** A fork-join task begins; one that was never forked belongs to whoever invokes it. */
  public static void enterForked(Object task) {
    if (!AllocationHook.enabled) {
      enterUncounted();
      return;
    }
    WorkScope scope = take(task);
    if (CARRIER != null && CARRIER.isInstance(Thread.currentThread())) {
      carriers = ((ForkJoinWorkerThread) Thread.currentThread()).getPool();
    } else if (scope != null) {
      enter(scope);
    } else {
      enterUnchanged();
    }
  }

  /** The calling thread works for {@code scope}, null for none, until {@link #leave}. */
  static void enter(@Nullable WorkScope scope) {
    try {
      WorkScope target = orProcess(scope);
      ThreadCounters counters = ThreadTable.current();
      if (counters.owner() == null) {
        Thread thread = Thread.currentThread();
        if (target == null || !ThreadTable.isVirtual(thread)) {
          return;
        }
        counters = ThreadTable.ofVirtualThread(thread, null);
        if (counters.owner() == null) {
          return;
        }
      }
      counters.depth++;
      EngineLink link = AllocationHook.engine();
      if (link != null && target != counters.present) {
        change(link, counters, target);
      }
    } catch (Throwable t) {
      AllocationHook.failed(t);
    }
  }

  /** At each end of what one of the enter methods began. */
  public static void leave() {
    if (!used) {
      return;
    }
    ThreadCounters counters = ThreadTable.existing();
    if (counters == null || counters.depth == 0) {
      return; // began while the hooks were off
    }
    int depth = counters.depth--;
    EngineLink link = AllocationHook.engine();
    if (depth == counters.changedDepth && link != null) {
      counters.active = ThreadCounters.OFF;
      CarrierPin.pin();
      try {
        link.leaveWork(counters);
      } catch (Throwable t) {
        AllocationHook.failed(t);
      } finally {
        CarrierPin.unpin();
      }
    }
  }

  /** In a virtual thread, before its task. */
  public static void threadBegins(Object virtualThread) {
    if (!AllocationHook.enabled) {
      return;
    }
    try {
      WorkScope target = orProcess(take(virtualThread));
      if (target != null) {
        ThreadCounters unused = ThreadTable.ofVirtualThread((Thread) virtualThread, target);
      }
    } catch (Throwable t) {
      AllocationHook.failed(t);
    }
  }

  /** In a virtual thread, after its task. */
  public static void threadEnds() {
    if (!used) {
      return;
    }
    ThreadCounters counters = ThreadTable.existing();
    if (counters == null || !counters.virtual()) {
      return;
    }
    counters.active = ThreadCounters.OFF;
    EngineLink link = AllocationHook.engine();
    CarrierPin.pin();
    try {
      if (link != null) {
        link.threadEnding(counters);
      }
      ThreadTable.forget(counters);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      CarrierPin.unpin();
    }
  }

  /** The scope that started {@code thread}, asked for once. */
  static @Nullable WorkScope takeInherited(Thread thread) {
    return AllocationHook.enabled ? take(thread) : null;
  }

  private static void remember(@Nullable Object task, int order) {
    if (task != null) {
      WorkScope present = ThreadTable.current().present;
      remember(task, present == null ? WorkScope.NONE : present, order);
    }
  }

  private static void remember(@Nullable Object task, WorkScope scope, int order) {
    if (task == null) {
      return;
    }
    try {
      long bytes = TABLE.add(task, scope, order);
      ThreadCounters counters = ThreadTable.current();
      if (counters.owner() != null) {
        counters.addHookBytes(bytes);
      }
    } catch (Throwable t) {
      AllocationHook.failed(t);
    }
  }

  private static @Nullable WorkScope take(@Nullable Object task) {
    try {
      return task == null ? null : TABLE.take(task);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      return null;
    }
  }

  private static void change(EngineLink link, ThreadCounters counters, @Nullable WorkScope target) {
    int active = counters.active;
    int switches = counters.switches;
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      link.enterWork(counters, target == null ? null : target.scope());
    } finally {
      CarrierPin.unpin();
      if (counters.switches == switches) {
        counters.active = active; // the engine failed before it changed anything
      }
    }
  }

  private static void enterUnchanged() {
    ThreadCounters counters = ThreadTable.current();
    if (counters.owner() != null) {
      counters.depth++;
    }
  }

  /** With the hooks off a level is counted only inside one that was, to keep leave in step. */
  private static void enterUncounted() {
    if (used) {
      ThreadCounters counters = ThreadTable.existing();
      if (counters != null && counters.depth > 0) {
        counters.depth++;
      }
    }
  }

  private static @Nullable WorkScope orProcess(@Nullable WorkScope scope) {
    WorkScope open = scope == null ? null : scope.open();
    if (open != null) {
      return open;
    }
    WorkScope all = process;
    return all == null ? null : all.open();
  }

  /** Asks the task, which may be the application's own class. */
  private static boolean isPeriodic(@Nullable Object task) {
    try {
      return task instanceof RunnableScheduledFuture<?> future && future.isPeriodic();
    } catch (Throwable t) {
      return false;
    }
  }

  private static boolean isPoolThread(@Nullable Object thread) {
    for (Class<?> type : POOL_THREADS) {
      if (type != null && type.isInstance(thread)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Class<?> known(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
