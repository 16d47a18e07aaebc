package dev.heaplight.engine.record;

import dev.heaplight.engine.live.CollectionClock;
import dev.heaplight.engine.live.LiveSample;
import dev.heaplight.engine.sample.PendingSample;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.SamplingBudget;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.engine.sample.StackObjects;
import dev.heaplight.hook.ThreadCounters;
import org.jspecify.annotations.Nullable;

/**
 * Takes stacks in application threads, and a weak reference to the object for its later life.
 *
 * <p>Which allocations: a Poisson process over the bytes a thread allocates, with the scope's
 * interval as its mean distance, and besides the first allocation at each site, so that every site
 * has at least one stack. A sample of the process stands for {@code size / (1 - exp(-size /
 * interval))} bytes, the inverse of its chance to be taken; a first one for itself alone.
 *
 * <p>Limits: in a scope with a limit a thread comes here more often, to have its bytes added. Such
 * a look takes no sample. The process has no memory, so its next distance may be drawn anew at any
 * time without bias.
 *
 * <p>Removed objects: where compiled code allocates the hook is not given the object. It is looked
 * for on the stack; if the compiler did without it, the sample says so instead of where it was.
 *
 * <p>Cost: 2-3 us at a depth of 50, most of it the JVM's walk of the stack; 15-25 us with a search.
 */
public final class AllocationSampler {
  private final JvmCounts jvm;
  private final RecorderThread recorder;
  private final SamplingBudget budget;
  private final @Nullable CollectionClock clock;
  private final LimitKeeper limits;

  /**
   * Creates a sampler that wakes {@code recorder} when many stacks wait.
   *
   * @param clock dates the samples of objects; null if nobody wants to know what lives
   */
  public AllocationSampler(
      JvmCounts jvm,
      RecorderThread recorder,
      SamplingBudget budget,
      @Nullable CollectionClock clock,
      LimitKeeper limits) {
    this.jvm = jvm;
    this.recorder = recorder;
    this.budget = budget;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Takes a stack of the calling thread and sets its next countdown.
   *
   * @param allocated the object, {@link StackObjects#REMOVED} or {@link StackObjects#UNKNOWN}
   * @return what to throw because the scope has reached a limit, or null
   */
  public @Nullable Error sample(
      ThreadCounters counters, Object allocated, int site, long sizeBytes) {
    if (!(counters.attachment() instanceof ThreadRecord thread)) {
      return null;
    }
    ThreadScope share = thread.current();
    if (share == null) {
      return null;
    }
    Scope scope = share.scope();
    scope.awaitRelease(); // before the clock is read: nobody pays for that
    long startNanos = System.nanoTime() - thread.takeSearchNanos();
    long startBytes = jvm.allocatedByCurrentThread() - thread.takeSearchBytes();
    boolean limited = scope.isLimited();
    if (limited) {
      scope.consumedUpwards(counters.takeConsumedBytes());
      scope.lookAtUseUpwards();
    }
    boolean over = counters.countdownBytes() < 0;
    // The weight is the inverse of the chance by which it was drawn: the interval may have changed.
    long drawnBytes = counters.countdownIntervalBytes();
    // Behind a look the process begins anew, and may come to its next sample in the same
    // allocation.
    boolean due =
        over
            && (!counters.countsDownToLook()
                || nextCountdown(thread, drawnBytes) < counters.bytesPastLook());
    if (over || limited) {
      setCountdown(counters, thread, share);
    }
    if ((due || !over) && scope.isCounted() && !PendingSamples.full()) {
      double chance = due ? chance(sizeBytes, drawnBytes) : 1;
      if (allocated == StackObjects.REMOVED) {
        add(counters, share, PendingSample.ofRemoved(site));
      } else {
        Object object = allocated == StackObjects.UNKNOWN ? null : allocated;
        add(counters, share, stackSample(counters, share, object, site, chance, sizeBytes));
      }
      boolean adaptive = !budget.isFixed();
      long cpuNanos = adaptive ? thread.takeCpuNanos(share) : ThreadCpu.UNKNOWN;
      long end = System.nanoTime();
      if (adaptive) {
        scope.interval().sampled(due, end, cpuNanos);
      }
      budget.paidInThread(end - startNanos);
      share.sampled(end - startNanos);
    }
    share.addAgentBytes(jvm.allocatedByCurrentThread() - startBytes);
    recorder.nudge();
    return limited ? limits.error(share, thread.id(), site) : null;
  }

  private static void add(ThreadCounters counters, ThreadScope share, PendingSample sample) {
    int site = sample.site();
    share.pending().add(sample.at(counters.count(site), counters.second(site)));
  }

  private PendingSample stackSample(
      ThreadCounters counters,
      ThreadScope share,
      @Nullable Object object,
      int site,
      double chance,
      long sizeBytes) {
    double objects = 1 / chance;
    double bytes = sizeBytes / chance;
    counters.beginStack();
    Throwable stack = new Throwable();
    Object backtrace = counters.endStack();
    LiveSample live =
        clock == null || object == null || share.scope().isMemoryShort()
            ? null
            : new LiveSample(object, objects, bytes, clock.collections(), System.nanoTime());
    Class<?> objectClass = object == null ? null : object.getClass();
    return new PendingSample(stack, backtrace, objectClass, site, objects, bytes, live);
  }

  private static void setCountdown(
      ThreadCounters counters, ThreadRecord thread, ThreadScope share) {
    long intervalBytes = share.scope().hookIntervalBytes();
    long sampleBytes = nextCountdown(thread, intervalBytes);
    long lookBytes = share.scope().bytesToNextLook(thread.id());
    counters.setCountdownIntervalBytes(intervalBytes);
    counters.setCountdownBytes(Math.min(sampleBytes, lookBytes));
    counters.setCountsDownToLook(lookBytes < sampleBytes);
  }

  private static double chance(long sizeBytes, long intervalBytes) {
    return intervalBytes == SamplingInterval.EVERY_ALLOCATION
        ? 1
        : -Math.expm1(-(double) sizeBytes / intervalBytes);
  }

  /** Bytes to the next sample of a thread, drawn at random. */
  static long nextCountdown(ThreadRecord thread, long intervalBytes) {
    return intervalBytes == SamplingInterval.EVERY_ALLOCATION
        ? 0
        : (long) (-Math.log(thread.random()) * intervalBytes);
  }
}
