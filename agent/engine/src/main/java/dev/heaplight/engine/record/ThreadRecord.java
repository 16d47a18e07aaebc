package dev.heaplight.engine.record;

import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.profiler.ThreadMark;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thread, the scopes it works for and its shares in them.
 *
 * <p>Levels: a task that another scope handed over replaces where the thread works, until the task
 * ends; the former placements are kept here meanwhile. A thread has one share in a scope, however
 * often it comes back, until the scope is closed.
 *
 * <p>Concurrency: only the thread itself enters, leaves, suspends and resumes; each under this
 * object's lock, because the recorder asks at any time which counters belong to which scope.
 */
public final class ThreadRecord {
  private static final long[][] NO_PAGES = new long[0][];
  private static final int FIRST_LEVELS = 4;

  /** In recordings; no thread has it. */
  private static final long NO_THREAD_ID = 0;

  private final long id;
  private final ThreadLabel label;
  private final ThreadCounters counters;
  private final @Nullable JvmCounts jvm;
  private final @Nullable SampledThreads sampled;
  private final ThreadCpu cpu = new ThreadCpu();
  private @Nullable ThreadTimeline timeline;
  private @Nullable ThreadMark mark;
  private long endedNanos = Long.MAX_VALUE;
  private final Map<Scope, ThreadScope> shares = new HashMap<>(2);
  private @Nullable Placement current;
  private @Nullable Placement[] formerPlacements = new Placement[0];
  private int[] formerChangedDepths = new int[0];
  private int levels;
  private boolean suspended;
  private long randomState;
  private long searchNanos;
  private long searchBytes;

  ThreadRecord(
      Thread thread, ThreadCounters counters, JvmCounts jvm, @Nullable SampledThreads sampled) {
    this(thread.getId(), thread.getName(), counters, jvm, sampled);
  }

  private ThreadRecord(
      long id,
      String name,
      ThreadCounters counters,
      @Nullable JvmCounts jvm,
      @Nullable SampledThreads sampled) {
    this.id = id;
    this.sampled = sampled;
    this.label = new ThreadLabel(id, name);
    this.counters = counters;
    this.jvm = jvm;
    this.randomState = (id + 1) * 0x9E3779B97F4A7C15L;
  }

  /** Stands in recordings for many threads that count together. */
  static ThreadRecord ofMany(String name) {
    return new ThreadRecord(NO_THREAD_ID, name, ThreadTable.ofNoThread(), null, null);
  }

  long id() {
    return id;
  }

  /** The thread as recordings name it. */
  ThreadLabel label() {
    return label;
  }

  ThreadCounters counters() {
    return counters;
  }

  /** The thread's share in its innermost scope; null outside of any. Owner thread only. */
  public @Nullable ThreadScope current() {
    Placement placement = current;
    return placement == null ? null : placement.share();
  }

  /** Where the thread works; null outside of any scope. Owner thread only. */
  @Nullable Placement placement() {
    return current;
  }

  /** Stops counting at the start of agent code that belongs to no scope. Owner thread only. */
  synchronized void suspend(long allocatedBytes) {
    suspended = true;
    counters.setActive(false);
    Placement placement = current;
    if (placement != null) {
      placement.share().stopped(allocatedBytes, counters);
    }
  }

  /** Goes on counting where the thread is placed. Owner thread only. */
  synchronized void resume(long allocatedBytes) {
    suspended = false;
    Placement placement = current;
    noteChange(placement);
    if (placement == null) {
      counters.setPages(NO_PAGES); // a thread in no scope keeps nothing of its last one
      counters.setPresent(null);
      return;
    }
    ThreadScope share = placement.share();
    share.started(allocatedBytes, counters, this);
    counters.setPresent(share.scope().work());
    counters.setActive(true);
  }

  private void noteChange(@Nullable Placement placement) {
    SampledThreads table = sampled;
    if (table != null && table.isActive()) {
      if (timeline == null) {
        timeline = new ThreadTimeline();
        table.add(this);
      }
      ThreadMark known = mark;
      if (known == null && counters.owner() == Thread.currentThread()) {
        known = table.mark();
        mark = known;
      }
      long lastSampleNanos = known == null ? Long.MAX_VALUE : table.lastSampleNanos(known);
      timeline.change(
          placement == null ? null : placement.share(), System.nanoTime(), lastSampleNanos);
    }
  }

  /** What the thread worked for at a time; null if for no scope, or long ago. Any thread. */
  synchronized @Nullable ThreadScope shareAt(long nanos) {
    return timeline == null ? null : timeline.at(nanos);
  }

  /** Whether nothing of the thread can come that is later than this. Any thread. */
  synchronized boolean hasEndedBefore(long nanos) {
    Thread owner = counters.owner();
    boolean dead = owner != null && !owner.isAlive() && owner.getState() == Thread.State.TERMINATED;
    if (dead && endedNanos == Long.MAX_VALUE) {
      endedNanos = System.nanoTime(); // while no scope was open, so that no hook told
    }
    return endedNanos < nanos;
  }

  /** Forgets what it worked for before a time. Any thread. */
  synchronized void forgetTimelineBefore(long nanos) {
    if (timeline != null) {
      timeline.forgetBefore(nanos);
    }
  }

  /** Whether the thread is in agent code. Owner thread only. */
  boolean isSuspended() {
    return suspended;
  }

  /** Places the thread elsewhere; counting must be suspended. Owner thread only. */
  synchronized void place(@Nullable Placement placement) {
    current = placement;
  }

  /**
   * Places a thread that works for nothing yet, by another thread: unless it has begun to move by
   * itself.
   */
  synchronized void adopt(Placement placement, long allocatedBytes) {
    if (current == null && levels == 0 && !suspended) {
      current = placement;
      resume(allocatedBytes);
    }
  }

  /**
   * Whether another thread may place this one: it works for nothing or for a scope that is closed,
   * and is in no agent code or hook, after which it looks for itself. Any thread.
   */
  synchronized boolean isStranded() {
    Placement placement = current;
    return !suspended && (placement == null || (counters.active() && placement.scope().isClosed()));
  }

  boolean isCurrentThread() {
    return counters.owner() == Thread.currentThread();
  }

  /** Where the thread works, as another thread sees it. Any thread. */
  synchronized @Nullable Placement seenPlacement() {
    return current;
  }

  /**
   * Places a stranded thread, by another thread; with what it allocates from now on.
   *
   * @param former where it works
   * @return what the thread has allocated so far; negative if it was not placed
   */
  synchronized long moveFrom(@Nullable Placement former, @Nullable Placement next) {
    JvmCounts counts = jvm;
    if (counts == null || !Objects.equals(current, former) || !isStranded()) {
      return -1;
    }
    long allocatedBytes = counts.allocatedByThread(id);
    if (allocatedBytes >= 0) {
      counters.setActive(false);
      if (former != null) {
        former.share().stopped(allocatedBytes, counters);
      }
      current = next;
      resume(allocatedBytes);
    }
    return allocatedBytes;
  }

  /** Places the thread elsewhere until {@link #leaveLevel}. Counting must be suspended. */
  synchronized void enterLevel(@Nullable Placement placement) {
    if (levels == formerPlacements.length) {
      int more = Math.max(FIRST_LEVELS, levels * 2);
      formerPlacements = Arrays.copyOf(formerPlacements, more);
      formerChangedDepths = Arrays.copyOf(formerChangedDepths, more);
    }
    formerPlacements[levels] = current;
    formerChangedDepths[levels] = counters.changedDepth();
    levels++;
    counters.setChangedDepth(counters.depth());
    current = placement;
  }

  /** Places the thread where it was before the last {@link #enterLevel}. Owner thread only. */
  synchronized void leaveLevel() {
    if (levels > 0) {
      levels--;
      current = formerPlacements[levels];
      formerPlacements[levels] = null;
      counters.setChangedDepth(formerChangedDepths[levels]);
    }
  }

  /** This thread's share in {@code scope}, if it has one. */
  synchronized @Nullable ThreadScope shareIn(Scope scope) {
    return shares.get(scope);
  }

  /** Keeps a share for when the thread comes back to its scope. */
  synchronized void addShare(ThreadScope share) {
    shares.put(share.scope(), share);
  }

  /** Lets go of a share whose scope is closed. Any thread. */
  synchronized void dropShare(ThreadScope share) {
    shares.remove(share.scope(), share);
  }

  /** This thread's shares in scopes that are open. */
  synchronized List<ThreadScope> shares() {
    return new ArrayList<>(shares.values());
  }

  /** Lets go of all scopes: the thread is about to end. Owner thread only. */
  synchronized void end() {
    endedNanos = System.nanoTime();
    current = null;
    levels = 0;
    formerPlacements = new Placement[0];
    formerChangedDepths = new int[0];
    shares.clear();
  }

  /** The counters that belong to {@code share}, which may be counting now. Any thread. */
  synchronized long[][] pagesOf(ThreadScope share) {
    return share == current() && share.isRunning() ? counters.pages() : share.pages();
  }

  /** Bytes the JVM counted for {@code share} since the last call. Any thread. */
  synchronized long takeJvmBytes(ThreadScope share) {
    JvmCounts counts = jvm;
    if (counts != null && share == current() && share.isRunning()) {
      long allocated =
          Thread.currentThread().getId() == id
              ? counts.allocatedByCurrentThread()
              : counts.allocatedByThread(id);
      if (allocated >= 0) {
        share.advance(allocated, counters);
      }
    }
    return share.takeJvmBytes();
  }

  /** Bytes the JVM counted for {@code share} since they were last taken. Any thread. */
  synchronized long pendingJvmBytes(ThreadScope share) {
    JvmCounts counts = jvm;
    if (counts != null && share == current() && share.isRunning()) {
      long allocated = counts.allocatedByThread(id);
      return allocated < 0 ? share.restingJvmBytes() : share.pendingJvmBytes(allocated, counters);
    }
    return share.restingJvmBytes();
  }

  /** Adds what the JVM counted for the thread before it joined {@code share}. */
  synchronized void credit(ThreadScope share, long allocatedBytes) {
    share.credit(allocatedBytes);
  }

  /** Has the thread come to the engine soon if it runs for {@code share}. Any thread. */
  synchronized void hurry(ThreadScope share) {
    if (share == current() && share.isRunning()) {
      counters.hurry();
    }
  }

  /** Before the search for an object that a hook was not given. Owner thread only. */
  public void searchBegins() {
    searchNanos = -System.nanoTime();
    searchBytes = jvm == null ? 0 : -jvm.allocatedByCurrentThread();
  }

  /** After that search, which is then paid for with the next sample. Owner thread only. */
  public void searchEnds() {
    searchNanos += System.nanoTime();
    searchBytes += jvm == null ? 0 : jvm.allocatedByCurrentThread();
  }

  /** Nothing is paid for the last search: its scope is closed. Owner thread only. */
  public void forgetSearch() {
    searchNanos = 0;
    searchBytes = 0;
  }

  /** Time the last search took; 0 when taken before or when it failed. Owner thread only. */
  long takeSearchNanos() {
    long taken = Math.max(0, searchNanos);
    searchNanos = 0;
    return taken;
  }

  /** Bytes the last search allocated; 0 when taken before or when it failed. Owner thread only. */
  long takeSearchBytes() {
    long taken = Math.max(0, searchBytes);
    searchBytes = 0;
    return taken;
  }

  /**
   * CPU time this thread spent for {@code share} since its last sample; negative if the JVM does
   * not tell, as for virtual threads. Owner thread only.
   */
  long takeCpuNanos(ThreadScope share) {
    long cpuNanos = jvm == null || counters.virtual() ? 0 : jvm.threadCpuNanos();
    long now = System.nanoTime();
    return cpu.take(now, cpuNanos, share.takeRanNanos(now));
  }

  /** A uniformly distributed number above 0 and below 1. Owner thread only. */
  double random() {
    randomState ^= randomState << 13;
    randomState ^= randomState >>> 7;
    randomState ^= randomState << 17;
    return ((randomState >>> 11) + 0.5) * 0x1.0p-53;
  }
}
