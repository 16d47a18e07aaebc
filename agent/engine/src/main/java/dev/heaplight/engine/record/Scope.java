package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ScopeLife;
import dev.heaplight.engine.offheap.ScopeOffHeap;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.format.AgentCost;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingWriter;
import dev.heaplight.hook.WorkScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One open scope and its recording.
 *
 * <p>Concurrency: sums and the writer are guarded by this object. What an inner scope allocates is
 * added to the scopes around it as well, one lock at a time.
 */
public final class Scope {
  /** Mode of a scope whose allocations a profiler samples; in any other they are counted. */
  public static final String SAMPLED = "sampled";

  private static final long NEVER_BYTES = 1L << 50;
  private static final ThreadRecord VIRTUAL_THREADS = ThreadRecord.ofMany("virtual threads");
  private static final ThreadRecord LATE_THREADS = ThreadRecord.ofMany("later threads");

  private final RecordingHeader header;
  private final Path file;
  private final @Nullable Scope parent;
  private final RecordingWriter writer;
  private final RecordingNumbers numbers;
  private final CaptureParts parts;
  private final @Nullable ScopeLimits limits;
  private final ScopeTask task;
  private final boolean collectOnClose;
  private final ScopeMemory memory;
  private final long openedNanos;
  private final SamplingInterval interval;
  private final ScopeLife life;
  private final WorkScope work;
  private final SharedShares virtualShares = new SharedShares(this, VIRTUAL_THREADS);
  private final SharedShares lateShares = new SharedShares(this, LATE_THREADS);
  private final Set<ThreadScope> members = ConcurrentHashMap.newKeySet();
  private final Map<Origin, long[]> entries = new HashMap<>();
  private final StackSums bytesSoFar = new StackSums();
  private final ScopeFigures figures;
  private final @Nullable SampledSums sampled;
  private long settledBytes;
  private final AtomicLong removedBytes = new AtomicLong();
  private final AtomicLong talliedBytes = new AtomicLong();
  private boolean failed;
  private volatile boolean closed;
  private volatile long closedNanos = Long.MAX_VALUE;

  Scope(
      RecordingHeader header,
      RecordingFiles.NewRecording recording,
      @Nullable Scope parent,
      ScopeRequest request,
      ScopeTask task,
      ScopeMemory memory,
      CaptureParts parts) {
    this.header = header;
    this.file = recording.file();
    this.writer = recording.writer();
    this.numbers = new RecordingNumbers(writer, parts.stacks());
    this.parent = parent;
    this.parts = parts;
    this.limits = request.limits();
    this.task = task;
    this.collectOnClose = request.collectOnClose();
    this.memory = memory;
    this.openedNanos = System.nanoTime();
    this.figures = new ScopeFigures(parts.jvm(), openedNanos);
    this.sampled = header.mode().equals(SAMPLED) ? new SampledSums() : null;
    this.interval = new SamplingInterval(parts.budget(), openedNanos);
    this.life = new ScopeLife(parent == null ? null : parent.life, parts.clock(), openedNanos);
    this.work = new WorkScope(this, parent == null ? null : parent.work);
    if (parts.memory().isShort()) {
      writer.note(AgentMemory.DEGRADED);
    }
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
    return file;
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
    return Math.max(bytes, talliedBytes.get());
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
  synchronized boolean isWritten() {
    return !failed;
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
      if (scope.limits != null && scope.sampled == null) {
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
      if (scope.limits != null && scope.sampled != null) {
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
  synchronized String hottestStack() {
    Origin alive = limits != null && limits.liveReached() ? life.largestAtPeak() : null;
    return StackLines.of(
        parts.stacks(), alive == null ? bytesSoFar.largest() : alive.where().stack());
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
      scope.add(origin, objects, bytes);
    }
  }

  /** Adds a profiler's sample of an allocation in this scope. */
  void addSampleUpwards(Origin origin, long nanos, double objects, double bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.addSample(origin, nanos, objects, bytes);
    }
  }

  private synchronized void addSample(Origin origin, long nanos, double objects, double bytes) {
    if (sampled != null && !failed && nanos <= closedNanos) {
      sampled.add(origin, objects, bytes);
      figures.sampled(parts.sampled().intervalBytes());
    }
  }

  /** Whether this scope's allocations are sampled by a profiler instead of being counted. */
  boolean isSampled() {
    return sampled != null;
  }

  /** Whether allocations are counted for this scope or one around it. */
  boolean isCounted() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.sampled == null) {
        return true;
      }
    }
    return false;
  }

  /** Takes back bytes of objects that were counted and that the JIT compiler did without. */
  void addRemovedUpwards(long bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.removedBytes.addAndGet(scope.sampled == null ? bytes : 0);
      if (scope.limits != null && scope.sampled == null) {
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
    if (sampled != null) {
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
    synchronized (this) {
      long samples = sampled == null ? 0 : sampled.memoryBytes();
      return bytes + numbers.bytes() + bytesSoFar.memoryBytes() + samples;
    }
  }

  /** Adds a caveat to the recording. */
  synchronized void note(String text) {
    if (!failed) {
      writer.note(text);
    }
  }

  /** Appends everything since the last flush to the file. */
  synchronized void flush() {
    if (!failed) {
      try {
        settleSamples(false);
        writeFigures();
        writer.flush(figures.progress(intervalBytes()));
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  /** Writes the rest and ends the recording. */
  synchronized void finish(String endReason) {
    if (!failed) {
      try {
        settleSamples(true);
        noteRemoved();
        Map<Origin, int[]> survivors = writeSurvivors();
        writeFigures();
        writer.finish(figures.progress(intervalBytes()), endReason);
        if (sampled == null) {
          parts.survivors().add(file, life, survivors);
        }
      } catch (IOException e) {
        fail(e);
      }
    }
    life.end();
    letGo();
    memory.offHeap().close();
  }

  private long intervalBytes() {
    return sampled == null ? interval.bytes() : figures.sampledIntervalBytes();
  }

  private void noteRemoved() {
    long bytes = removedBytes.get();
    if (bytes > 0) {
      writer.note(
          "Left out: about "
              + bytes
              + " bytes of objects that the JIT compiler did without. Where it removed some of a"
              + " place's objects, the count of the others is an estimate.");
    }
  }

  private void settleSamples(boolean last) {
    if (sampled == null) {
      return;
    }
    if (!figures.jvmCountKnown()) {
      sampled.settle(this::enter);
    } else {
      settledBytes += sampled.settle(figures.jvmBytes() - settledBytes, last, this::enter);
    }
  }

  /** What was counted by hooks; a profiler's samples come another way. */
  private synchronized void add(Origin origin, long objects, long bytes) {
    if (sampled == null) {
      enter(origin, objects, bytes);
    }
  }

  private synchronized void enter(Origin origin, long objects, long bytes) {
    talliedBytes.getAndAdd(bytes);
    if (!failed) {
      long[] sums = entries.computeIfAbsent(origin, unused -> new long[2]);
      sums[0] += objects;
      sums[1] += bytes;
      bytesSoFar.add(origin.where().stack(), bytes);
    }
  }

  private Map<Origin, int[]> writeSurvivors() {
    Map<Origin, int[]> known = new HashMap<>();
    if (parts.live() && sampled == null) {
      new LiveWriter(writer, numbers).write(life.close(), known);
    }
    return known;
  }

  private void writeFigures() {
    entries.forEach(
        (origin, sums) -> {
          int[] of = numbers.of(origin);
          writer.allocation(
              of[RecordingNumbers.STACK],
              of[RecordingNumbers.CLASS],
              of[RecordingNumbers.THREAD],
              sums[0],
              sums[1]);
        });
    entries.clear();
    if (sampled == null) {
      life.write(new LiveWriter(writer, numbers)); // a profiler does not show its objects
    }
    memory.write(numbers, writer, openedNanos);
    writer.agent(
        new AgentCost(
            figures.agentCpuNanos(), parts.memory().usedBytes(), parts.memory().limitBytes()));
  }

  /** A thread that sleeps in a closed scope keeps it; it is to keep nothing large. */
  private void letGo() {
    failed = true;
    if (sampled != null) {
      sampled.clear();
    }
    entries.clear();
    bytesSoFar.clear();
    numbers.clear();
    task.end();
    if (limits != null) {
      limits.end();
    }
  }

  private void fail(IOException cause) {
    letGo();
    memory.offHeap().close(); // its blocks still count in the scopes around
    parts
        .log()
        .report("recording stopped, it ends with its last whole flush", file.toString(), cause);
    try {
      writer.close();
    } catch (IOException e) {
      parts.log().report("recording not closed", file.toString(), e);
    }
  }
}
