package dev.heaplight.bench.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * What one run of a worker found; travels between processes as one line of {@code key=value}.
 *
 * @param operations measured operations
 * @param workerCpuNanos CPU time of the working thread
 * @param steadyNanosPerOperation the lower quartile of the working thread's CPU time for an
 *     operation over slices of the run: what is left when other programs disturb some slices
 * @param wallNanos time elapsed
 * @param processCpuNanos CPU time of the whole JVM meanwhile: collector, compiler, profiler
 * @param allocatedBytes what the JVM counted for the working thread, a profiler's own included
 * @param recordedBytes what the profiler counted, {@link #UNKNOWN} if it does not count bytes
 * @param coverage recorded bytes over the JVM's count without the agent's own, as Heaplight's
 *     recording tells it; NaN if there is none
 */
public record WorkerFigures(
    long operations,
    long workerCpuNanos,
    double steadyNanosPerOperation,
    long wallNanos,
    long processCpuNanos,
    long allocatedBytes,
    long recordedBytes,
    double coverage) {
  /** A figure that is not known. */
  public static final long UNKNOWN = -1;

  private static final String MARK = "heaplight-bench ";

  /** As one line. */
  String line(String workload) {
    return MARK
        + ("workload=" + workload)
        + (" operations=" + operations)
        + (" workerCpuNanos=" + workerCpuNanos)
        + (" steadyNanosPerOperation=" + steadyNanosPerOperation)
        + (" wallNanos=" + wallNanos)
        + (" processCpuNanos=" + processCpuNanos)
        + (" allocatedBytes=" + allocatedBytes)
        + (" recordedBytes=" + recordedBytes)
        + (" coverage=" + coverage);
  }

  /** Whether {@code line} is a worker's figures. */
  public static boolean isFigures(String line) {
    return line.startsWith(MARK);
  }

  /** Reads what {@link #line} wrote. */
  public static WorkerFigures parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String pair : line.substring(MARK.length()).split(" ", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new WorkerFigures(
        number(values, "operations"),
        number(values, "workerCpuNanos"),
        Double.parseDouble(value(values, "steadyNanosPerOperation")),
        number(values, "wallNanos"),
        number(values, "processCpuNanos"),
        number(values, "allocatedBytes"),
        number(values, "recordedBytes"),
        Double.parseDouble(value(values, "coverage")));
  }

  private static long number(Map<String, String> values, String key) {
    return Long.parseLong(value(values, key));
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("worker's figures: missing=" + key);
    }
    return value;
  }

  /** Nanoseconds of the working thread's CPU for an operation. */
  public double workerNanosPerOperation() {
    return (double) workerCpuNanos / operations;
  }

  /** Nanoseconds of the whole JVM's CPU for an operation. */
  public double processNanosPerOperation() {
    return (double) processCpuNanos / operations;
  }

  /** Bytes the JVM counted for an operation. */
  public double allocatedPerOperation() {
    return (double) allocatedBytes / operations;
  }

  /** Bytes the profiler counted for an operation; NaN if it does not count. */
  public double recordedPerOperation() {
    return recordedBytes == UNKNOWN ? Double.NaN : (double) recordedBytes / operations;
  }
}
