package dev.heaplight.format;

/**
 * Running figures of a scope, written with each flush. All are totals since the scope was opened.
 *
 * @param elapsedMillis milliseconds since the scope was opened
 * @param jvmAllocatedBytes bytes the JVM itself counted for the scope's threads, less the agent's
 *     own; {@link #UNKNOWN} when the JVM does not count
 * @param gcCount garbage collections seen; {@link #UNKNOWN} when they cannot be counted
 * @param samples stacks taken
 * @param agentBytes bytes the agent itself allocated in the scope's threads
 * @param samplingIntervalBytes mean bytes between two sampled stacks; 1 means every allocation
 */
public record Progress(
    long elapsedMillis,
    long jvmAllocatedBytes,
    long gcCount,
    long samples,
    long agentBytes,
    long samplingIntervalBytes) {
  /** Value of a figure that is not known; never 0, which is a figure. */
  public static final long UNKNOWN = -1;
}
