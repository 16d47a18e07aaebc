package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingWriter;
import dev.heaplight.hook.WorkScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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
  private final Path file;
  private final @Nullable Scope parent;
  private final RecordingWriter writer;
  private final StackTable stacks;
  private final JvmCounts jvm;
  private final AgentLog log;
  private final long openedNanos;
  private final long collectionsAtOpen;
  private final SamplingInterval interval;
  private final WorkScope work;
  private final VirtualShares virtualShares = new VirtualShares(this);
  private final Set<ThreadScope> members = ConcurrentHashMap.newKeySet();
  private final Map<Entry, long[]> entries = new HashMap<>();
  private final Map<Integer, Integer> stackNumbers = new HashMap<>();
  private final Map<Long, Integer> threadNumbers = new HashMap<>();
  private long jvmBytes;
  private long agentBytes;
  private long samples;
  private boolean failed;
  private volatile boolean jvmCountKnown = true;
  private volatile boolean closed;

  private record Entry(ThreadRecord thread, StackAndClass where) {}

  Scope(
      Path file,
      @Nullable Scope parent,
      RecordingWriter writer,
      StackTable stacks,
      JvmCounts jvm,
      AgentLog log) {
    this.file = file;
    this.parent = parent;
    this.writer = writer;
    this.stacks = stacks;
    this.jvm = jvm;
    this.log = log;
    this.openedNanos = System.nanoTime();
    this.collectionsAtOpen = jvm.collections();
    this.interval = new SamplingInterval(openedNanos);
    this.work = new WorkScope(this, parent == null ? null : parent.work);
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

  void addUpwards(ThreadRecord thread, StackAndClass where, long objects, long bytes) {
    Entry entry = new Entry(thread, where);
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.add(entry, objects, bytes);
    }
  }

  void addFiguresUpwards(long moreJvmBytes, long moreAgentBytes, long moreSamples) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.addFigures(moreJvmBytes, moreAgentBytes, moreSamples);
    }
  }

  /** Brings in what the scope's threads counted since the last time, or at all if it is closed. */
  void tallyMembers() {
    for (ThreadScope share : members) {
      share.tally(share.scope().isClosed());
    }
  }

  /** Appends everything since the last flush to the file. */
  synchronized void flush() {
    if (!failed) {
      try {
        writeEntries();
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
        writeEntries();
        writer.finish(progress(), endReason);
      } catch (IOException e) {
        fail(e);
      }
    }
    entries.clear();
    failed = true;
  }

  private synchronized void add(Entry entry, long objects, long bytes) {
    if (!failed) {
      long[] sums = entries.computeIfAbsent(entry, unused -> new long[2]);
      sums[0] += objects;
      sums[1] += bytes;
    }
  }

  private synchronized void addFigures(long moreJvmBytes, long moreAgentBytes, long moreSamples) {
    jvmBytes += moreJvmBytes;
    agentBytes += moreAgentBytes;
    samples += moreSamples;
  }

  private void writeEntries() {
    entries.forEach(
        (entry, sums) ->
            writer.allocation(
                stackNumber(entry.where().stack()),
                writer.string(entry.where().className()),
                threadNumbers.computeIfAbsent(
                    entry.thread().id(), id -> writer.thread(id, entry.thread().name())),
                sums[0],
                sums[1]));
    entries.clear();
  }

  /** The recording's number of a stack; frames are added from the outermost in. */
  private int stackNumber(int stack) {
    Deque<Integer> unknown = new ArrayDeque<>();
    int known = stack;
    while (known != StackTable.EMPTY && !stackNumbers.containsKey(known)) {
      unknown.push(known);
      known = stacks.parent(known);
    }
    int number =
        known == StackTable.EMPTY ? Dictionary.EMPTY_STACK : stackNumbers.getOrDefault(known, 0);
    for (int next : unknown) {
      number = writer.stack(number, writer.frame(stacks.frame(next)));
      stackNumbers.put(next, number);
    }
    return number;
  }

  private Progress progress() {
    long collections = jvm.collections();
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
    log.report("recording stopped, it ends with its last whole flush", file.toString(), cause);
    try {
      writer.close();
    } catch (IOException e) {
      log.report("recording not closed", file.toString(), e);
    }
  }
}
