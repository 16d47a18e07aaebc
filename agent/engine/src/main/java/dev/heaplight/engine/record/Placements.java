package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.profiler.RunningThreads;
import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import dev.heaplight.hook.WorkScope;
import org.jspecify.annotations.Nullable;

/**
 * Moves threads between scopes: as they are first seen, run handed-over tasks, pause, and end.
 *
 * <p>Everything here is called in the thread it concerns, with its counting suspended by the hook,
 * and ends with {@link #goOn}, which looks for a scope that is still open.
 */
public final class Placements {
  private final SiteTable sites;
  private final StackTable stacks;
  private final JvmCounts jvm;
  private final SampledThreads sampled;
  private final AgentLog log;
  private long countersBytes;
  private volatile @Nullable Scope processScope;
  private volatile ThreadBaseline processBaseline = ThreadBaseline.NONE;

  Placements(CaptureParts parts) {
    this.sites = parts.sites();
    this.stacks = parts.stacks();
    this.jvm = parts.jvm();
    this.sampled = parts.sampled();
    this.log = parts.log();
  }

  /** Sets how large a thread's counters are; before the first thread is seen. */
  public void setCountersBytes(long bytes) {
    countersBytes = bytes;
  }

  /**
   * Sets the scope that takes what no other scope does.
   *
   * @param baseline what threads had allocated when it opened
   */
  void setProcess(@Nullable Scope scope, ThreadBaseline baseline) {
    processBaseline = baseline;
    processScope = scope;
  }

  /** The open scope of the process, if there is one. */
  @Nullable Scope process() {
    Scope process = processScope;
    return process == null || process.isClosed() ? null : process;
  }

  /**
   * Puts a thread into the scope that started it, or else into that of the process.
   *
   * @return false if the thread is in agent code and can be put nowhere now
   */
  public boolean threadSeen(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord known) {
      return seenAgain(known);
    }
    firstSeen(counters, countersBytes);
    return true;
  }

  /** Puts a thread into its first scope; its counters took {@code madeBytes} just now. */
  private void firstSeen(ThreadCounters counters, long madeBytes) {
    WorkScope inherited = counters.inherited();
    Scope scope = openOrProcess(inherited == null ? null : inherited.scope());
    Thread owner = counters.owner();
    if (scope == null || owner == null || owner instanceof AgentThread) {
      return;
    }
    if (owner != Thread.currentThread()) {
      adopt(counters, owner, scope, madeBytes);
      return;
    }
    long sinceThreadStart = jvm.allocatedByCurrentThread();
    ThreadRecord thread = recordOf(counters);
    ThreadScope share = share(thread, counters, scope);
    thread.credit(share, sinceThreadStart - before(scope, thread));
    thread.place(share.alone());
    goOn(thread);
  }

  /**
   * Puts another thread, which may not have begun, into a scope; the caller pays nothing for it.
   */
  private void adopt(ThreadCounters counters, Thread owner, Scope scope, long madeBytes) {
    long callerBytes = jvm.allocatedByCurrentThread();
    long allocatedByOwner = jvm.allocatedByThread(owner.getId());
    if (allocatedByOwner < 0 && owner.getState() != Thread.State.NEW) {
      return; // it has ended
    }
    long sinceThreadStart = Math.max(0, allocatedByOwner);
    ThreadRecord thread = newRecord(counters, owner);
    ThreadScope share = share(thread, counters, scope);
    thread.credit(share, sinceThreadStart - before(scope, thread));
    thread.adopt(share.alone(), sinceThreadStart);
    if (ThreadTable.ofCurrentThread().attachment() instanceof ThreadRecord caller) {
      ThreadScope paying = caller.current();
      if (paying != null) {
        long bytes = jvm.allocatedByCurrentThread() - callerBytes;
        paying.addAgentBytes(bytes + madeBytes);
      }
    }
  }

  /**
   * Puts all threads that run already and work for no scope into that of the process: no hook tells
   * of their next allocation.
   */
  void adoptRunningThreads() {
    for (Thread thread : RunningThreads.now()) {
      try {
        if (!(thread instanceof AgentThread)) {
          adopt(thread);
        }
      } catch (RuntimeException e) { // of a getId of the application's own, for instance
        log.report("thread not recorded before its next task", thread.getName(), e);
      }
    }
  }

  private void adopt(Thread other) {
    ThreadCounters counters = ThreadTable.adopt(other);
    if (counters.attachment() instanceof ThreadRecord known) {
      joinProcess(known);
    } else if (counters.owner() != null) {
      firstSeen(counters, 0); // known since a time when there was no scope for it
    }
  }

  private void joinProcess(ThreadRecord thread) {
    Scope process = process();
    if (process == null || !thread.isStranded()) {
      return;
    }
    Placement former = thread.seenPlacement();
    boolean known = thread.shareIn(process) != null;
    ThreadScope share = share(thread, thread.counters(), process);
    long allocated = thread.moveFrom(former, share.alone());
    if (allocated >= 0 && !known) {
      thread.credit(share, allocated - before(process, thread));
    }
  }

  /**
   * Places the threads of a closed scope by what is around it, without waiting for their next
   * allocation: where a profiler samples them no hook tells of it. A thread that goes on to a scope
   * whose allocations are counted has hooks, which may be at work, and moves by itself.
   */
  void moveOn(Scope closed) {
    for (ThreadScope member : closed.members()) {
      ThreadRecord thread = member.thread();
      boolean moved = true;
      while (moved && thread.isStranded() && !thread.isCurrentThread()) {
        Placement former = thread.seenPlacement();
        Placement next = former == null ? null : nearestOpen(thread, former);
        boolean counted = next != null && next.scope().isCounted();
        moved = former != null && !counted && thread.moveFrom(former, next) >= 0;
      }
    }
  }

  /** A scope of the process has opened since. A thread that works for none joins it. */
  private boolean seenAgain(ThreadRecord thread) {
    if (thread.isSuspended()) {
      return false;
    }
    Placement placement = thread.placement();
    Scope process = processScope;
    if (process != null && (placement == null || placement.scope().isClosed())) {
      long allocated = jvm.allocatedByCurrentThread();
      boolean known = thread.shareIn(process) != null;
      thread.suspend(allocated);
      goOn(thread);
      ThreadScope share = thread.current();
      if (!known && share != null && share.scope() == process) {
        thread.credit(share, allocated - before(process, thread));
      }
    }
    return true;
  }

  private long before(Scope scope, ThreadRecord thread) {
    return scope == processScope ? processBaseline.bytes(thread.id()) : 0;
  }

  /** Takes the calling thread's last counts; it is about to end. */
  public void threadEnding(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord thread) {
      thread.suspend(jvm.allocatedByCurrentThread());
      for (ThreadScope share : thread.shares()) {
        share.tally(true);
      }
      thread.end();
    }
  }

  /** The thread works for {@code handle}, or for nobody, until {@link #leaveWork}. */
  public void enterWork(ThreadCounters counters, @Nullable Object handle) {
    long allocated = jvm.allocatedByCurrentThread();
    ThreadRecord thread = recordOf(counters);
    thread.suspend(allocated);
    Scope scope = counters.owner() instanceof AgentThread ? null : openOrProcess(handle);
    ThreadScope known = scope == null ? null : thread.shareIn(scope);
    ThreadScope share = scope == null || known != null ? known : share(thread, counters, scope);
    thread.enterLevel(share == null ? null : share.alone());
    // A known share took nothing of the JVM, and its count need not be asked for again.
    resumeOpen(thread, share == known ? allocated : jvm.allocatedByCurrentThread());
  }

  /** The thread works where it did before the last {@link #enterWork}. */
  public void leaveWork(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord thread) {
      long allocated = jvm.allocatedByCurrentThread();
      thread.suspend(allocated);
      thread.leaveLevel();
      Placement placement = thread.placement();
      boolean stays =
          placement == null ? openOrProcess(null) == null : !placement.scope().isClosed();
      if (stays) {
        resumeOpen(thread, allocated);
      } else {
        goOn(thread);
      }
    }
  }

  /** The thread stops working for {@code paused} and the scopes inside it. */
  public void pause(Scope paused) {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (counters.attachment() instanceof ThreadRecord thread) {
      thread.suspend(jvm.allocatedByCurrentThread());
      Placement found = null;
      for (Placement at = thread.placement(); at != null; at = at.outer()) {
        found = at.scope().isWithin(paused) ? at : found;
      }
      if (found != null) {
        thread.place(found.outer());
      }
      goOn(thread);
    }
  }

  /** The thread works for {@code resumed}, inside the scopes it works for already. */
  public void resume(Scope resumed) {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (counters.owner() == null) {
      return;
    }
    ThreadRecord thread = recordOf(counters);
    thread.suspend(jvm.allocatedByCurrentThread());
    ThreadScope current = thread.current();
    if (!resumed.isClosed() && (current == null || current.scope() != resumed)) {
      thread.place(new Placement(share(thread, counters, resumed), thread.placement()));
    }
    goOn(thread);
  }

  /** If the thread's scope was closed by another, moves on to one that is open. */
  public boolean moveOn(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord thread) {
      ThreadScope current = thread.current();
      if (current != null && current.scope().isClosed()) {
        thread.suspend(jvm.allocatedByCurrentThread());
        goOn(thread);
        return true;
      }
    }
    return false;
  }

  /** Lets the thread count on, for the innermost of its scopes that is still open. */
  void goOn(ThreadRecord thread) {
    thread.place(nearestOpen(thread, thread.placement()));
    resumeOpen(thread, jvm.allocatedByCurrentThread());
  }

  /** Whoever closes a scope places its threads, but not one that is in agent code just then. */
  private void resumeOpen(ThreadRecord thread, long allocatedBytes) {
    thread.resume(allocatedBytes);
    Placement placement = thread.placement();
    while (placement != null && placement.scope().isClosed()) {
      thread.suspend(jvm.allocatedByCurrentThread());
      placement = nearestOpen(thread, thread.placement());
      thread.place(placement);
      thread.resume(jvm.allocatedByCurrentThread());
    }
  }

  /** The innermost open one of a thread's placements, or else one in what is around the last. */
  private @Nullable Placement nearestOpen(ThreadRecord thread, @Nullable Placement from) {
    Placement placement = from;
    Scope last = null;
    while (placement != null && placement.scope().isClosed()) {
      last = placement.scope();
      placement = placement.outer();
    }
    if (placement != null) {
      return placement;
    }
    boolean ofAgent = thread.counters().owner() instanceof AgentThread;
    Scope scope = ofAgent ? null : openOrProcess(last);
    ThreadScope share = scope == null ? null : share(thread, thread.counters(), scope);
    return share == null ? null : share.alone();
  }

  /** The record of the calling thread. */
  ThreadRecord recordOf(ThreadCounters counters) {
    if (counters.attachment() instanceof ThreadRecord known) {
      return known;
    }
    return newRecord(counters, Thread.currentThread());
  }

  /** Under a lock, since a thread that runs already may be placed by another as well. */
  private ThreadRecord newRecord(ThreadCounters counters, Thread thread) {
    synchronized (counters) {
      if (counters.attachment() instanceof ThreadRecord known) {
        return known;
      }
      ThreadRecord fresh =
          new ThreadRecord(thread, counters, jvm, counters.virtual() ? null : sampled);
      counters.attach(fresh);
      return fresh;
    }
  }

  /** The thread's own share in {@code scope}, even of a virtual thread: it opened the scope. */
  ThreadScope ownShare(ThreadRecord thread, Scope scope) {
    ThreadScope known = thread.shareIn(scope);
    if (known != null) {
      return known;
    }
    ThreadScope share = new ThreadScope(scope, thread, newTally(), null);
    thread.addShare(share);
    scope.addMemberUpwards(share);
    if (thread.counters().virtual() || !jvm.counts()) {
      scope.missJvmCountUpwards();
    }
    if (scope.isClosed()) {
      thread.dropShare(share); // closed meanwhile: it may have missed this share
    }
    return share;
  }

  private ThreadScope share(ThreadRecord thread, ThreadCounters counters, Scope scope) {
    ThreadScope own = thread.shareIn(scope);
    if (own != null) {
      return own;
    }
    if (counters.virtual()) {
      return scope.virtualShares().of(thread.id(), this::newTally);
    }
    return scope.isMemoryShort()
        ? scope.lateShares().of(thread.id(), this::newTally)
        : ownShare(thread, scope);
  }

  private CounterTally newTally() {
    return new CounterTally(sites, stacks);
  }

  /** The nearest open scope from {@code handle} outwards, or else that of the process. */
  private @Nullable Scope openOrProcess(@Nullable Object handle) {
    Scope open = handle instanceof Scope scope ? scope.nearestOpen() : null;
    return open != null ? open : process();
  }
}
