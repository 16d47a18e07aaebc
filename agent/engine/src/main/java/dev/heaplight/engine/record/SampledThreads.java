package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.profiler.SampleReceiver;
import dev.heaplight.engine.profiler.SampleSource;
import dev.heaplight.engine.profiler.ThreadMark;
import dev.heaplight.engine.sample.StackAndClass;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives each sample of a profiler to the scope its thread worked for at the time.
 *
 * <p>Threads are known here from the first scope they work for, until the samples of their last
 * moments have been read. Virtual threads are not: a profiler names the thread that carries them,
 * which works for no scope itself.
 *
 * <p>Concurrency: thread-safe; samples are read by one thread at a time.
 */
public final class SampledThreads implements SampleReceiver {
  /** Tasks that follow each other closely do not have it started again and again. */
  private static final long REST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final String NATIVE_GIVEN_UP =
      "Native code's blocks are not followed any more, there were too many of them; what was held"
          + " until now is shown as held, whether it is given back or not.";

  private final Map<Long, ThreadRecord> threads = new ConcurrentHashMap<>();
  private final OffHeapLedger ledger;
  private final AgentLog log;
  private volatile @Nullable SampleSource source;
  private volatile String shortcoming = "";
  private volatile String notStarted = "";
  private final long restAfterNanos;
  private volatile long wantedNanos;
  private volatile boolean resting;
  private volatile long readUpToNanos;
  private @Nullable String news;

  /** Creates a table without threads; nothing is sampled. */
  public SampledThreads(OffHeapLedger ledger, AgentLog log) {
    this(ledger, REST_AFTER_NANOS, log);
  }

  SampledThreads(OffHeapLedger ledger, long restAfterNanos, AgentLog log) {
    this.ledger = ledger;
    this.restAfterNanos = restAfterNanos;
    this.wantedNanos = System.nanoTime() - restAfterNanos;
    this.log = log;
  }

  /** Sets where samples come from; null: nothing is sampled from now on. */
  public synchronized void setSource(@Nullable SampleSource next) {
    SampleSource former = source;
    if (former != null && former != next) {
      former.close();
    }
    source = next;
    resting = false;
    notStarted = "";
  }

  /** Whether samples are taken, or could be. */
  public boolean isActive() {
    return source != null;
  }

  /** Takes blocks outside of the heap. */
  OffHeapLedger ledger() {
    return ledger;
  }

  /** Says what is missing in samples, for every report to show. */
  public void setShortcoming(String text) {
    shortcoming = text;
  }

  /** What is missing in samples; empty if nothing is. */
  String shortcoming() {
    return notStarted.isEmpty() ? shortcoming : notStarted;
  }

  /** Whether blocks of native code are followed. */
  public boolean followsNativeMemory() {
    SampleSource present = source;
    return present != null && !resting && present.followsNativeMemory();
  }

  long intervalBytes() {
    SampleSource present = source;
    return present == null ? 0 : present.intervalBytes();
  }

  /** Time up to which all samples have been given to their scopes. */
  long readUpToNanos() {
    return readUpToNanos;
  }

  /** What has changed about samples since the last call, for every open recording; or null. */
  synchronized @Nullable String takeNews() {
    String taken = news;
    news = null;
    return taken;
  }

  /** Begins to sample if that is not so yet. */
  synchronized void start() {
    wantedNanos = System.nanoTime();
    resting = false;
    SampleSource present = source;
    if (present != null && !present.isRunning()) {
      begin(present);
    }
  }

  private void begin(SampleSource present) {
    try {
      present.start();
      notStarted = "";
    } catch (IOException e) {
      stopped(present, e);
    }
  }

  /** Takes no samples for now if nobody has wanted any for a while. */
  synchronized void rest(boolean wanted) {
    long now = System.nanoTime();
    SampleSource present = source;
    if (wanted) {
      wantedNanos = now;
    } else if (present != null && present.isRunning() && now - wantedNanos > restAfterNanos) {
      resting = true;
      present.pause();
      ledger.forgetSampled(); // nobody tells when they are freed
    }
  }

  /** It is tried again with each reading and each scope that opens. */
  private void stopped(SampleSource present, IOException cause) {
    String text =
        "Stacks are not sampled for now, only totals are known: "
            + present.name()
            + " does not start, "
            + cause.getMessage()
            + '.';
    if (!text.equals(notStarted)) {
      notStarted = text;
      news = text;
      log.line(text);
    }
  }

  /** A thread works for a scope for the first time. Its own thread, or before it starts. */
  void add(ThreadRecord thread) {
    threads.put(thread.id(), thread);
  }

  /** What the profiler notes of the calling thread. */
  ThreadMark mark() {
    SampleSource present = source;
    return present == null ? ThreadMark.NONE : present.markCurrentThread();
  }

  long lastSampleNanos(ThreadMark mark) {
    SampleSource present = source;
    return present == null ? Long.MIN_VALUE : present.lastSampleNanos(mark);
  }

  /** Reads all samples taken until now and gives them to their scopes. */
  synchronized void read() {
    SampleSource present = source;
    if (present == null) {
      readUpToNanos = System.nanoTime();
      return;
    }
    if (!present.isRunning() && !resting) {
      begin(present); // it could not be begun again, whatever the cause
    }
    try {
      boolean followed = present.followsNativeMemory();
      long upToNanos = present.poll(this);
      if (followed && !present.followsNativeMemory()) {
        news = NATIVE_GIVEN_UP;
        log.line(NATIVE_GIVEN_UP);
      }
      threads.values().removeIf(thread -> thread.hasEndedBefore(upToNanos));
      threads.values().forEach(thread -> thread.forgetTimelineBefore(upToNanos));
      readUpToNanos = upToNanos;
    } catch (IOException | RuntimeException e) {
      readUpToNanos = System.nanoTime(); // no scope waits for them for ever
      if (e instanceof IOException failed && !present.isRunning()) {
        stopped(present, failed);
      } else {
        log.report("samples not read, tried again in a second", present.name(), e);
      }
    }
  }

  @Override
  public void taken(long threadId, long nanos, int stack, long address, long bytes) {
    ThreadRecord thread = threads.get(threadId);
    ThreadScope share = thread == null ? null : thread.shareAt(nanos);
    if (thread != null && share != null) {
      ThreadLabel label = thread.label();
      ledger.taken(share.scope().offHeap(), address, bytes, label.id(), label.name(), stack);
    }
  }

  @Override
  public void freed(long address) {
    ledger.givenBack(address);
  }

  @Override
  public void allocated(
      long threadId, long nanos, int stack, String className, double objects, double bytes) {
    ThreadRecord thread = threads.get(threadId);
    ThreadScope share = thread == null ? null : thread.shareAt(nanos);
    if (thread != null && share != null) {
      Origin origin = new Origin(thread.label(), new StackAndClass(stack, className));
      share.scope().addSampleUpwards(origin, nanos, objects, bytes);
    }
  }
}
