package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Composition;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ScopeLife;
import dev.heaplight.engine.offheap.ScopeOffHeap;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingWriter;
import dev.heaplight.hook.WorkScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One open scope and its recording.
 *
 * <p>Concurrency: sums and the writer are guarded by this object. What an inner scope allocates is
 * added to the scopes around it as well, one lock at a time.
 */
public final class Scope {
  private final RecordingHeader header;
  private final Path file;
  private final @Nullable Scope parent;
  private final RecordingWriter writer;
  private final RecordingNumbers numbers;
  private final CaptureParts parts;
  private final @Nullable ScopeLimits limits;
  private final boolean collectOnClose;
  private final ScopeMemory memory;
  private final long openedNanos;
  private final long collectionsAtOpen;
  private final long agentCpuNanosAtOpen;
  private final SamplingInterval interval;
  private final ScopeLife life;
  private final WorkScope work;
  private final VirtualShares virtualShares = new VirtualShares(this);
  private final Set<ThreadScope> members = ConcurrentHashMap.newKeySet();
  private final Map<Origin, long[]> entries = new HashMap<>();
  private final Map<Origin, Long> bytesSoFar = new HashMap<>();
  private long jvmBytes;
  private long agentBytes;
  private long agentThreadNanos;
  private long samples;
  private boolean failed;
  private volatile boolean jvmCountKnown = true;
  private volatile boolean closed;

  Scope(
      RecordingHeader header,
      RecordingFiles.NewRecording recording,
      @Nullable Scope parent,
      ScopeRequest request,
      ScopeMemory memory,
      CaptureParts parts) {
    this.header = header;
    this.file = recording.file();
    this.writer = recording.writer();
    this.numbers = new RecordingNumbers(writer, parts.stacks());
    this.parent = parent;
    this.parts = parts;
    this.limits = request.limits();
    this.collectOnClose = request.collectOnClose();
    this.memory = memory;
    this.openedNanos = System.nanoTime();
    this.collectionsAtOpen = parts.jvm().collections();
    this.agentCpuNanosAtOpen = parts.jvm().agentCpuNanos();
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

  VirtualShares virtualShares() {
    return virtualShares;
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

  boolean isClosed() {
    return closed;
  }

  /** Marks the scope closed; false if it was already. */
  synchronized boolean beginClose() {
    boolean first = !closed;
    closed = true;
    work.close();
    return first;
  }

  /** Whether this scope or one around it has a limit. */
  boolean isLimited() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.limits != null) {
        return true;
      }
    }
    return false;
  }

  /** Adds bytes to the use of each limited scope. */
  void consumedUpwards(long bytes) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.limits != null) {
        scope.limits.allocated(bytes);
      }
    }
  }

  /** Bytes a thread may allocate before it has to look at the limits again. */
  long bytesToNextLook() {
    long bytes = Long.MAX_VALUE;
    for (Scope scope = this; scope != null; scope = scope.parent) {
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

  /** The stack that allocated most or, where live bytes are limited, had most alive. */
  synchronized int hottestStack() {
    Origin hottest = limits != null && limits.liveReached() ? life.largestAtPeak() : null;
    if (hottest == null) {
      hottest =
          bytesSoFar.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse(null);
    }
    return hottest == null ? StackTable.EMPTY : hottest.where().stack();
  }

  /** From now on the JVM's count is not that of all the scope's threads, and so not known. */
  void missJvmCountUpwards() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.jvmCountKnown = false;
    }
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

  void addFiguresUpwards(
      long moreJvmBytes, long moreAgentBytes, long moreSamples, long moreThreadNanos) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.addFigures(moreJvmBytes, moreAgentBytes, moreSamples, moreThreadNanos);
    }
  }

  /** Brings in what the scope's threads counted since the last time, or at all if it is closed. */
  void tallyMembers() {
    for (ThreadScope share : members) {
      share.tally(share.scope().isClosed());
    }
    memory.offHeap().tally();
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
      return bytes + numbers.bytes();
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
        writeFigures();
        writer.flush(progress());
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  /** Writes the rest and ends the recording. */
  synchronized void finish(String endReason) {
    if (!failed) {
      try {
        Map<Origin, int[]> survivors = writeSurvivors();
        writeFigures();
        writer.finish(progress(), endReason);
        parts.survivors().add(file, life, survivors);
      } catch (IOException e) {
        fail(e);
      }
    }
    life.end();
    entries.clear();
    failed = true;
    memory.offHeap().close();
  }

  private synchronized void add(Origin origin, long objects, long bytes) {
    if (!failed) {
      long[] sums = entries.computeIfAbsent(origin, unused -> new long[2]);
      sums[0] += objects;
      sums[1] += bytes;
      if (limits != null) {
        bytesSoFar.merge(origin, bytes, Long::sum);
      }
    }
  }

  private synchronized void addFigures(
      long moreJvmBytes, long moreAgentBytes, long moreSamples, long moreThreadNanos) {
    jvmBytes += moreJvmBytes;
    agentBytes += moreAgentBytes;
    samples += moreSamples;
    agentThreadNanos += moreThreadNanos;
  }

  private Map<Origin, int[]> writeSurvivors() {
    Map<Origin, int[]> known = new HashMap<>();
    if (parts.live()) {
      writeComposition(life.close(), known);
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
    life.write(new LiveOutput());
    memory.write(numbers, writer, openedNanos);
    writer.agent(
        new AgentCost(
            agentThreadNanos + parts.jvm().agentCpuNanos() - agentCpuNanosAtOpen,
            parts.memory().usedBytes(),
            parts.memory().limitBytes()));
  }

  private void writeComposition(Composition composition, Map<Origin, int[]> known) {
    writer.beginLive(
        new LiveHeader(
            composition.kind(),
            composition.moment().elapsedMillis(),
            composition.moment().collection(),
            composition.moment().collector(),
            composition.samples()));
    composition.forEach(
        (origin, objects, bytes) -> {
          int[] of = known.computeIfAbsent(origin, numbers::of);
          writer.liveEntry(
              of[RecordingNumbers.STACK],
              of[RecordingNumbers.CLASS],
              of[RecordingNumbers.THREAD],
              objects,
              bytes);
        });
    writer.endLive();
  }

  /** Writes what the scope's life has to say; under this scope's lock. */
  private final class LiveOutput implements ScopeLife.Output {
    @Override
    public void composition(Composition composition) {
      writeComposition(composition, new HashMap<>());
    }

    @Override
    public void collection(GcPoint point) {
      writer.collection(point);
    }

    @Override
    public void lifetimes(List<Lifetime> all) {
      writer.lifetimes(all);
    }
  }

  private Progress progress() {
    long collections = parts.jvm().collections();
    return new Progress(
        (System.nanoTime() - openedNanos) / 1_000_000,
        jvmCountKnown ? Math.max(0, jvmBytes) : Progress.UNKNOWN,
        collections < 0 ? Progress.UNKNOWN : collections - collectionsAtOpen,
        samples,
        agentBytes,
        interval.bytes());
  }

  private void fail(IOException cause) {
    failed = true;
    entries.clear();
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
