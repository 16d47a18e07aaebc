package dev.heaplight.engine.record;

import dev.heaplight.engine.live.LiveSample;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.SiteShare;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.hook.SharedPages;
import dev.heaplight.hook.ThreadCounters;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share in one scope: its counters, its samples and what the JVM counted meanwhile. Or
 * that of many threads together (virtual ones, or late ones), of which the JVM counts nothing.
 *
 * <p>Concurrency: fields about running are guarded by the thread's {@link ThreadRecord}, and mean
 * nothing in a share of many threads; tallying is guarded by this object.
 */
public final class ThreadScope implements CounterTally.Receiver {
  private static final long[][] NO_PAGES = new long[0][];

  private final Scope scope;
  private final ThreadRecord thread;
  private final CounterTally tally;
  private final @Nullable SharedPages shared;
  private final Placement alone = new Placement(this, null);
  private final AtomicLong agentBytes = new AtomicLong();
  private final AtomicLong samples = new AtomicLong();
  private long[][] pages = NO_PAGES;
  private long countdownBytes;
  private long countdownIntervalBytes;
  private boolean running;
  private boolean credited;
  private long startedAtBytes;
  private long startedAtNanos;
  private long ranNanos;
  private long jvmBytes;
  private final AtomicLong agentNanos = new AtomicLong();
  private long agentBytesSeen;
  private long samplesSeen;
  private long agentNanosSeen;
  private boolean ended;

  /**
   * A share whose counters are empty.
   *
   * @param shared counters of many threads, or null for the thread's own
   */
  ThreadScope(Scope scope, ThreadRecord thread, CounterTally tally, @Nullable SharedPages shared) {
    this.scope = scope;
    this.thread = thread;
    this.tally = tally;
    this.shared = shared;
    this.countdownIntervalBytes = scope.hookIntervalBytes();
    this.countdownBytes = AllocationSampler.nextCountdown(thread, countdownIntervalBytes);
  }

  /** The scope this is a share of. */
  public Scope scope() {
    return scope;
  }

  ThreadRecord thread() {
    return thread;
  }

  /** The placement of a thread that works for this scope's sake only. */
  Placement alone() {
    return alone;
  }

  /** Samples taken here and not yet resolved. */
  public PendingSamples pending() {
    return tally.pending();
  }

  /** Accounts for a sample and the time it took. The share's own threads only. */
  public void sampled(long nanos) {
    samples.incrementAndGet();
    agentNanos.addAndGet(nanos);
  }

  /** Accounts for what the agent allocated in this thread. The share's own threads only. */
  public void addAgentBytes(long allocatedByAgent) {
    agentBytes.addAndGet(allocatedByAgent);
  }

  /** Has the thread look at its limits at its next allocation, if it runs for this scope. */
  void hurry() {
    thread.hurry(this);
  }

  /** Estimate of the memory that counters and samples of this share take. */
  synchronized long memoryBytes() {
    return tally.bytes();
  }

  boolean isRunning() {
    return running;
  }

  long[][] pages() {
    return pages;
  }

  /** Puts the counters in place. */
  void started(long allocatedBytes, ThreadCounters counters, ThreadRecord starting) {
    if (shared != null) {
      counters.setSharedPages(shared);
      // The distance to the next sample has no memory, so each thread may draw it anew.
      long intervalBytes = scope.hookIntervalBytes();
      counters.setCountdownBytes(AllocationSampler.nextCountdown(starting, intervalBytes));
      counters.setCountdownIntervalBytes(intervalBytes);
      return;
    }
    counters.setPages(pages);
    counters.setCountdownBytes(countdownBytes);
    counters.setCountdownIntervalBytes(countdownIntervalBytes);
    startedAtBytes = allocatedBytes - counters.pageBytes();
    startedAtNanos = System.nanoTime();
    running = true;
  }

  void stopped(long allocatedBytes, ThreadCounters counters) {
    if ((running || shared != null) && scope.isLimited()) {
      scope.consumedUpwards(counters.takeConsumedBytes());
    }
    if (running && shared == null) {
      advance(allocatedBytes, counters);
      ranNanos += System.nanoTime() - startedAtNanos;
      pages = counters.pages();
      countdownBytes = counters.countdownBytes();
      countdownIntervalBytes = counters.countdownIntervalBytes();
      running = false;
    }
  }

  /** How long the thread worked here since the last call. Owner thread only. */
  long takeRanNanos(long nowNanos) {
    long ran = ranNanos + (running ? nowNanos - startedAtNanos : 0);
    ranNanos = 0;
    startedAtNanos = nowNanos;
    return ran;
  }

  /** Adds what the JVM counted since the last time, less the counters' own pages. */
  void advance(long allocatedBytes, ThreadCounters counters) {
    long byApplication = allocatedBytes - counters.pageBytes();
    jvmBytes += byApplication - startedAtBytes;
    startedAtBytes = byApplication;
  }

  /** Adds, once, what the JVM counted before the thread joined. Under the lock of its record. */
  void credit(long allocatedBytes) {
    jvmBytes += credited ? 0 : allocatedBytes;
    credited = true;
  }

  @Override
  public void allocated(StackAndClass where, long objects, long bytes) {
    scope.addUpwards(new Origin(thread.label(), where), objects, bytes);
  }

  @Override
  public void removed(long objects, long bytes) {
    scope.addRemovedUpwards(bytes);
  }

  @Override
  public void sampled(LiveSample sample, SiteShare share, StackAndClass where) {
    sample.resolve(share, thread.label(), where);
    scope.life().samples().add(sample);
  }

  @Override
  public void resolved(int resolvedSamples, long nanos) {
    scope.budget().paidInRecorder(nanos, resolvedSamples);
  }

  /** Bytes the JVM counted and that were not brought in yet; 0 of shares of many. Any thread. */
  long pendingJvmBytes() {
    return shared == null ? Math.max(0, thread.pendingJvmBytes(this)) : 0;
  }

  /** The same, of a thread that has allocated {@code allocatedBytes}. Under the record's lock. */
  long pendingJvmBytes(long allocatedBytes, ThreadCounters counters) {
    return jvmBytes + allocatedBytes - counters.pageBytes() - startedAtBytes;
  }

  /** The same, of a thread that works elsewhere. Under the record's lock. */
  long restingJvmBytes() {
    return jvmBytes;
  }

  long takeJvmBytes() {
    long taken = jvmBytes;
    jvmBytes = 0;
    return taken;
  }

  /**
   * Adds everything since the last call to the scope and the scopes around it.
   *
   * @param last whether nothing more will come
   */
  synchronized void tally(boolean last) {
    if (ended) {
      return;
    }
    ended = last;
    tally.tally(shared == null ? thread.pagesOf(this) : shared.pages(), !last, this);
    long agentNow = agentBytes.get();
    long samplesNow = samples.get();
    long agentNanosNow = agentNanos.get();
    scope.addFiguresUpwards(
        shared == null ? thread.takeJvmBytes(this) - (agentNow - agentBytesSeen) : 0,
        agentNow - agentBytesSeen,
        samplesNow - samplesSeen,
        agentNanosNow - agentNanosSeen);
    agentBytesSeen = agentNow;
    samplesSeen = samplesNow;
    agentNanosSeen = agentNanosNow;
    if (last) {
      scope.removeMemberUpwards(this);
      thread.dropShare(this);
    }
  }
}
