package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ScopeLife;
import dev.heaplight.engine.offheap.ScopeOffHeap;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.hook.WorkScope;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One open scope: its place among the others, its threads and its recording. Thread-safe.
 *
 * <p>What an inner scope allocates is added to the scopes around it as well, one lock at a time.
 */
public final class Scope {
  /** Mode of a scope whose allocations a profiler samples; in any other they are counted. */
  public static final String SAMPLED = "sampled";

  private static final long NEVER_BYTES = 1L << 50;
  private static final ThreadRecord VIRTUAL_THREADS = ThreadRecord.ofMany("virtual threads");
  private static final ThreadRecord LATE_THREADS = ThreadRecord.ofMany("later threads");

  private final RecordingHeader header;
  private final @Nullable Scope parent;
  private final CaptureParts parts;
  private final @Nullable ScopeLimits limits;
  private final ScopeTask task;
  private final boolean collectOnClose;
  private final ScopeMemory memory;
  private final SamplingInterval interval;
  private final ScopeLife life;
  private final WorkScope work;
  private final SharedShares virtualShares = new SharedShares(this, VIRTUAL_THREADS);
  private final SharedShares lateShares = new SharedShares(this, LATE_THREADS);
  private final Set<ThreadScope> members = ConcurrentHashMap.newKeySet();
  private final ScopeFigures figures;
  private final ScopeRecording recording;
  private final boolean sampled;
  private volatile boolean closed;
  private volatile long closedNanos = Long.MAX_VALUE;

  Scope(
      RecordingHeader header,
      RecordingFiles.NewRecording file,
      @Nullable Scope parent,
      ScopeRequest request,
      ScopeTask task,
      ScopeMemory memory,
      CaptureParts parts) {
    this.header = header;
    this.parent = parent;
    this.parts = parts;
    this.limits = request.limits();
    this.task = task;
    this.collectOnClose = request.collectOnClose();
    this.memory = memory;
    long openedNanos = System.nanoTime();
    this.figures = new ScopeFigures(parts.jvm(), openedNanos);
    this.interval = new SamplingInterval(parts.budget(), openedNanos);
    this.life = new ScopeLife(parent == null ? null : parent.life, parts.clock(), openedNanos);
    this.work = new WorkScope(this, parent == null ? null : parent.work);
    this.recording =
        new ScopeRecording(header, file, figures, life, memory, interval, openedNanos, parts);
    this.sampled = recording.isSampled();
  }

  /** Name of the scope. */
  String name() {
    return header.name();
  }

  /** Identifier of the scope. */
  String id() {
    return header.id();
  }

  /** The recording. */
  public Path file() {
    return recording.file();
  }

  @Nullable Scope parent() {
    return parent;
  }

  /** This scope as work remembers it that was handed over in it. */
  public WorkScope work() {
    return work;
  }

  SharedShares virtualShares() {
    return virtualShares;
  }

  /** Shares of the threads that came when the agent's memory had reached its bound. */
  SharedShares lateShares() {
    return lateShares;
  }

  /** Whether this is {@code other} or inside it. */
  boolean isWithin(Scope other) {
    Scope at = this;
    while (at != null && at != other) {
      at = at.parent;
    }
    return at != null;
  }

  /** This scope or the nearest one around it that is open; null if none is. */
  @Nullable Scope nearestOpen() {
    Scope at = this;
    while (at != null && at.closed) {
      at = at.parent;
    }
    return at;
  }

  /** Number of scopes around this one. */
  int depth() {
    int depth = 0;
    for (Scope scope = parent; scope != null; scope = scope.parent) {
      depth++;
    }
    return depth;
  }

  /** How densely this scope is sampled. */
  public SamplingInterval interval() {
    return interval;
  }

  /** How densely hooks take stacks here; practically never where a profiler does that. */
  long hookIntervalBytes() {
    return isCounted() ? interval.bytes() : NEVER_BYTES;
  }

  long closedNanos() {
    return closedNanos;
  }

  /** What its samples may cost. */
  SamplingBudget budget() {
    return parts.budget();
  }

  /** What of it lives. */
  ScopeLife life() {
    return life;
  }

  @Nullable ScopeLimits limits() {
    return limits;
  }

  /** The scope as the memory monitor sees it. */
  ScopeTask task() {
    return task;
  }

  String kind() {
    return header.kind();
  }

  /** Bytes allocated so far, what was not brought in yet included, as far as the JVM counts. */
  long allocatedBytes() {
    long bytes = figures.jvmBytes();
    for (ThreadScope share : members) {
      bytes += share.pendingJvmBytes();
    }
    return Math.max(bytes, recording.talliedBytes());
  }

  boolean collectOnClose() {
    return collectOnClose;
  }

  /** Whether no more objects are to be followed. */
  boolean isMemoryShort() {
    return parts.memory().isShort();
  }

  /** Memory outside of the heap that was allocated here. */
  public ScopeOffHeap offHeap() {
    return memory.offHeap();
  }

  ScopeMemory memory() {
    return memory;
  }

  /** Whether the recording still takes what is found out about the scope. */
  boolean isWritten() {
    return recording.isWritten();
  }

  boolean isClosed() {
    return closed;
  }

  /** Marks the scope closed; false if it was already. */
  synchronized boolean beginClose() {
    boolean first = !closed;
    closed = true;
    closedNanos = first ? System.nanoTime() : closedNanos;
    work.close();
    return first;
  }

  /** Whether this scope or one around it has a limit, or is to fail. */
  boolean isLimited() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.limits != null || scope.task.failure() != null) {
        return true;
      }
    }
    return false;
  }

  /** Adds bytes to the use of each limited scope. */
  void consumedUpwards(long bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.limits != null && !scope.sampled) {
        scope.limits.allocated(bytes);
      }
    }
  }

  /**
   * Brings the use of each limited scope up to what the JVM counted, where hooks do not see all of
   * it. Asks all threads of the scope, so never under the lock of one.
   */
  void lookAtUseUpwards() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.limits != null && scope.sampled) {
        scope.limits.use(scope.allocatedBytes());
      }
    }
  }

  /** Bytes the thread with this id may allocate before it has to look at the limits again. */
  long bytesToNextLook(long threadId) {
    long bytes = Long.MAX_VALUE;
    for (Scope scope = this; scope != null; scope = scope.parent) {
      ScopeFailure failure = scope.task.failure();
      if (failure != null && failure.concerns(threadId)) {
        bytes = Math.min(bytes, failure.patienceBytes());
      }
      if (scope.limits != null) {
        long remaining = scope.limits.remainingBytes();
        bytes =
            Math.min(
                bytes,
                remaining == 0
                    ? scope.limits.patienceBytes()
                    : remaining / (4L * (scope.members.size() + 1)));
      }
    }
    return bytes;
  }

  /**
   * The stack that allocated most or, where a limit of live bytes is reached, had most alive, as
   * errors show it; empty if none is known.
   */
  String hottestStack() {
    Origin alive = limits != null && limits.liveReached() ? life.largestAtPeak() : null;
    return alive == null
        ? recording.hottestStack()
        : StackLines.of(parts.stacks(), alive.where().stack());
  }

  /** From now on the JVM's count is not that of all the scope's threads, and so not known. */
  void missJvmCountUpwards() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.figures.missJvmCount();
    }
  }

  /** Shares in this scope and those inside it. */
  Set<ThreadScope> members() {
    return members;
  }

  void addMemberUpwards(ThreadScope share) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.members.add(share);
    }
  }

  void removeMemberUpwards(ThreadScope share) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.members.remove(share);
    }
  }

  void addUpwards(Origin origin, long objects, long bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.recording.add(origin, objects, bytes);
    }
  }

  /** Adds a profiler's sample of an allocation in this scope. */
  void addSampleUpwards(Origin origin, long nanos, double objects, double bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (nanos <= scope.closedNanos) {
        scope.recording.addSample(origin, objects, bytes);
      }
    }
  }

  /** Whether this scope's allocations are sampled by a profiler instead of being counted. */
  boolean isSampled() {
    return sampled;
  }

  /** Whether allocations are counted for this scope or one around it. */
  boolean isCounted() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (!scope.sampled) {
        return true;
      }
    }
    return false;
  }

  /** Takes back bytes of objects that were counted and that the JIT compiler did without. */
  void addRemovedUpwards(long bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.recording.removed(scope.sampled ? 0 : bytes);
      if (scope.limits != null && !scope.sampled) {
        scope.limits.allocated(-bytes);
      }
    }
  }

  void addFiguresUpwards(
      long moreJvmBytes, long moreAgentBytes, long moreSamples, long moreThreadNanos) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.figures.add(moreJvmBytes, moreAgentBytes, moreSamples, moreThreadNanos);
    }
  }

  /** Brings in what the scope's threads counted since the last time, or at all if it is closed. */
  void tallyMembers() {
    for (ThreadScope share : members) {
      share.tally(share.scope().isClosed());
    }
    memory.offHeap().tally();
  }

  /** Has samples that were taken until now given to their scopes. */
  void readSamples() {
    if (sampled) {
      parts.sampled().read();
    }
  }

  /** Has threads of this scope and those inside it wait at their next allocation. */
  void holdBack(long millis) {
    task.holdBack(millis);
    hurryMembers();
  }

  /** Waits while this scope or one around it is held back. */
  void awaitRelease() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.task.isHeld()) {
        scope.task.awaitRelease();
      }
    }
  }

  /**
   * Whether there are threads with a share in the scope, and each has been told to fail; never
   * where virtual threads, which are not known one by one, worked for it.
   */
  boolean isToldToAll(ScopeFailure failure) {
    boolean any = false;
    for (ThreadScope share : members) {
      if (failure.concerns(share.thread().id())) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /** Makes threads that run for the scope look at its limits at their next allocation. */
  void hurryMembers() {
    for (ThreadScope share : members) {
      share.hurry();
    }
  }

  /** Estimate of the memory the scope takes, without the scopes inside it. */
  long memoryBytes() {
    long bytes = 0;
    for (ThreadScope share : members) {
      bytes += share.scope() == this ? share.memoryBytes() : 0;
    }
    return bytes + recording.memoryBytes();
  }

  /** Adds a caveat to the recording. */
  void note(String text) {
    recording.note(text);
  }

  /** Appends everything since the last flush to the file. */
  void flush() {
    recording.flush();
  }

  /** Writes the rest and ends the recording. */
  void finish(String endReason) {
    recording.finish(endReason);
    life.end();
    task.end();
    if (limits != null) {
      limits.end();
    }
    memory.offHeap().close();
  }
}
