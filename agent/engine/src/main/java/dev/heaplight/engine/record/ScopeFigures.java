package dev.heaplight.engine.record;

import dev.heaplight.format.Progress;

/** The running figures of one scope. Thread-safe. */
final class ScopeFigures {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JvmCounts jvm;
  private final long openedNanos;
  private final long collectionsAtOpen;
  private final long agentCpuNanosAtOpen;
  private long jvmBytes;
  private long agentBytes;
  private long agentThreadNanos;
  private long samples;
  private double sampledIntervals;
  private boolean jvmCountKnown = true;

  ScopeFigures(JvmCounts jvm, long openedNanos) {
    this.jvm = jvm;
    this.openedNanos = openedNanos;
    this.collectionsAtOpen = jvm.collections();
    this.agentCpuNanosAtOpen = jvm.agentCpuNanos();
  }

  /** From now on the JVM's count is not that of all the scope's threads, and so not known. */
  synchronized void missJvmCount() {
    jvmCountKnown = false;
  }

  synchronized void add(
      long moreJvmBytes, long moreAgentBytes, long moreSamples, long moreThreadNanos) {
    jvmBytes += moreJvmBytes;
    agentBytes += moreAgentBytes;
    samples += moreSamples;
    agentThreadNanos += moreThreadNanos;
  }

  synchronized boolean jvmCountKnown() {
    return jvmCountKnown;
  }

  /** Accounts for a profiler's sample, taken at this mean distance from the one before. */
  synchronized void sampled(long intervalBytes) {
    samples++;
    sampledIntervals += intervalBytes;
  }

  /** The mean distance of a profiler's samples; 0 before the first. */
  synchronized long sampledIntervalBytes() {
    return samples == 0 ? 0 : Math.round(sampledIntervals / samples);
  }

  /** What the JVM counted so far, as far as it was brought in; 0 if it does not count all. */
  synchronized long jvmBytes() {
    return jvmCountKnown ? Math.max(0, jvmBytes) : 0;
  }

  synchronized Progress progress(long intervalBytes) {
    long collections = jvm.collections();
    return new Progress(
        (System.nanoTime() - openedNanos) / NANOS_PER_MILLI,
        jvmCountKnown ? Math.max(0, jvmBytes) : Progress.UNKNOWN,
        collections < 0 ? Progress.UNKNOWN : collections - collectionsAtOpen,
        samples,
        agentBytes,
        intervalBytes);
  }

  /** CPU time of the recorder during the scope, and time of its threads spent on samples. */
  synchronized long agentCpuNanos() {
    return agentThreadNanos + jvm.agentCpuNanos() - agentCpuNanosAtOpen;
  }
}
