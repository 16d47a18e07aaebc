package dev.heaplight.engine.record;

import dev.heaplight.engine.live.LiveSample;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.sample.CounterTally;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.SiteShare;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.hook.ThreadCounters;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share in one scope: its counters, its samples and what the JVM counted meanwhile.
 *
 * <p>Concurrency: fields about running are guarded by the thread's {@link ThreadRecord}; tallying
 * is guarded by this object. {@link #agentBytes} is written by the owner thread alone and read
 * without a lock.
 */
public final class ThreadScope implements CounterTally.Receiver {
  private static final long[][] NO_PAGES = new long[0][];

  private final Scope scope;
  private final ThreadRecord thread;
  private final CounterTally tally;
  private @Nullable ThreadScope outer;
  private long[][] pages = NO_PAGES;
  private long countdownBytes;
  private boolean running;
  private long startedAtBytes;
  private long jvmBytes;
  private volatile long agentBytes;
  private volatile long samples;
  private volatile long agentNanos;
  private long agentBytesSeen;
  private long samplesSeen;
  private long agentNanosSeen;
  private boolean ended;

  ThreadScope(Scope scope, ThreadRecord thread, @Nullable ThreadScope outer, CounterTally tally) {
    this.scope = scope;
    this.thread = thread;
    this.outer = outer;
    this.tally = tally;
  }

  /** The scope this is a share of. */
  public Scope scope() {
    return scope;
  }

  ThreadRecord thread() {
    return thread;
  }

  @Nullable ThreadScope outer() {
    return outer;
  }

  void setOuter(@Nullable ThreadScope newOuter) {
    outer = newOuter;
  }

  /** Samples taken here and not yet resolved. */
  public PendingSamples pending() {
    return tally.pending();
  }

  /** Accounts for a sample and what taking it allocated. Owner thread only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the owner thread writes
  public void sampled(long allocatedByAgent, long nanos) {
    samples++;
    agentBytes += allocatedByAgent;
    agentNanos += nanos;
  }

  /** Accounts for what the agent allocated in this thread. Owner thread only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the owner thread writes
  public void addAgentBytes(long allocatedByAgent) {
    agentBytes += allocatedByAgent;
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

  long countdownBytes() {
    return countdownBytes;
  }

  void started(long allocatedBytes, ThreadCounters counters) {
    startedAtBytes = allocatedBytes - counters.pageBytes();
    running = true;
  }

  void stopped(long allocatedBytes, ThreadCounters counters) {
    if (running) {
      advance(allocatedBytes, counters);
      if (scope.isLimited()) {
        scope.consumedUpwards(counters.takeConsumedBytes());
      }
      pages = counters.pages();
      countdownBytes = counters.countdownBytes();
      running = false;
    }
  }

  /** Adds what the JVM counted since the last time, less the counters' own pages. */
  void advance(long allocatedBytes, ThreadCounters counters) {
    long byApplication = allocatedBytes - counters.pageBytes();
    jvmBytes += byApplication - startedAtBytes;
    startedAtBytes = byApplication;
  }

  /** Adds what the JVM counted before the thread joined. Owner thread only, before it runs. */
  void credit(long allocatedBytes) {
    jvmBytes += allocatedBytes;
  }

  @Override
  public void allocated(StackAndClass where, long objects, long bytes) {
    scope.addUpwards(new Origin(thread.label(), where), objects, bytes);
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
    tally.tally(thread.pagesOf(this), !last, this);
    long agentNow = agentBytes;
    long samplesNow = samples;
    long agentNanosNow = agentNanos;
    scope.addFiguresUpwards(
        thread.takeJvmBytes(this) - (agentNow - agentBytesSeen),
        agentNow - agentBytesSeen,
        samplesNow - samplesSeen,
        agentNanosNow - agentNanosSeen);
    agentBytesSeen = agentNow;
    samplesSeen = samplesNow;
    agentNanosSeen = agentNanosNow;
    if (last) {
      scope.removeMemberUpwards(this);
    }
  }
}
