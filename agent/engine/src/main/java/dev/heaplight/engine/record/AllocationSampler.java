package dev.heaplight.engine.record;

import dev.heaplight.engine.sample.PendingSample;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.hook.ThreadCounters;

/**
 * Takes stacks in application threads.
 *
 * <p>Which allocations: a Poisson process over the bytes a thread allocates, with the scope's
 * interval as its mean distance, and besides the first allocation at each site, so that every site
 * has at least one stack. A sample of the process stands for {@code size / (1 - exp(-size /
 * interval))} bytes, the inverse of its chance to be taken; a first one for itself alone.
 *
 * <p>Cost: 2-3 us at a depth of 50, most of it the JVM's walk of the stack.
 */
public final class AllocationSampler {
  private final JvmCounts jvm;
  private final RecorderThread recorder;

  /** Creates a sampler that wakes {@code recorder} when many stacks wait. */
  public AllocationSampler(JvmCounts jvm, RecorderThread recorder) {
    this.jvm = jvm;
    this.recorder = recorder;
  }

  /** Takes a stack of the calling thread and sets its next countdown. */
  public void sample(ThreadCounters counters, Object allocated, int site, long sizeBytes) {
    if (!(counters.attachment() instanceof ThreadRecord thread)) {
      return;
    }
    ThreadScope share = thread.current();
    if (share == null) {
      return;
    }
    long before = jvm.allocatedByCurrentThread();
    SamplingInterval interval = share.scope().interval();
    long intervalBytes = interval.bytes();
    boolean due = counters.countdownBytes() < 0;
    double chance = due ? chance(sizeBytes, intervalBytes) : 1;
    if (due) {
      counters.setCountdownBytes(nextCountdown(thread, intervalBytes));
    }
    if (!PendingSamples.full()) {
      share
          .pending()
          .add(
              new PendingSample(
                  new Throwable(), allocated.getClass(), site, 1 / chance, sizeBytes / chance));
      interval.sampled(System.nanoTime());
    }
    recorder.nudge();
    share.sampled(jvm.allocatedByCurrentThread() - before);
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
