package dev.heaplight.bench.worker;

/** How a profiler takes part in a worker: around the warm-up, and around the measured part. */
interface ProfilerSession {
  /** Before a part of the work; on the working thread. */
  void begin(String part) throws Exception;

  /** After it; on the working thread. */
  void end() throws Exception;

  /** Bytes the profiler counted in the last part, or {@link WorkerFigures#UNKNOWN}. */
  default long recordedBytes() throws Exception {
    return WorkerFigures.UNKNOWN;
  }

  /** How complete the profiler says it was in the last part; NaN if it does not say. */
  default double coverage() throws Exception {
    return Double.NaN;
  }
}
