package dev.heaplight.viewer.advice;

import dev.heaplight.viewer.rollup.Outline;

/**
 * When a recording's scope ran, where, and what it needed.
 *
 * @param worker the worker process
 * @param startMillis when it was opened; milliseconds since the epoch
 * @param endMillis when it was closed, or flushed last; the start where that was within a
 *     millisecond
 * @param peakBytes what it needed; 0 when not known
 */
record Span(Worker worker, long startMillis, long endMillis, long peakBytes) {
  /**
   * A worker process.
   *
   * @param host its host
   * @param pid its process id there
   */
  record Worker(String host, long pid) {
    static Worker of(Outline outline) {
      return new Worker(outline.header().host(), outline.header().pid());
    }
  }

  /**
   * Whether it took less than can be told: what else was as short then need not have overlapped.
   */
  boolean isMoment() {
    return endMillis == startMillis;
  }

  static Span of(Outline outline) {
    long start = outline.header().startEpochMillis();
    return new Span(
        Worker.of(outline),
        start,
        start + Math.max(0, outline.durationMillis()),
        Math.max(0, outline.peakBytes()) + outline.offHeapPeakBytes());
  }
}
