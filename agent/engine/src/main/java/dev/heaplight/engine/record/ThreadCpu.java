package dev.heaplight.engine.record;

/**
 * A thread's CPU time, split among the scopes it works for. Not thread-safe.
 *
 * <p>The JVM tells the thread's time as a whole, and asking it at each change of scope would cost
 * more than the change. So a scope is given the share of the time it was being worked for that the
 * thread had the processor meanwhile.
 */
final class ThreadCpu {
  /** In place of a time that the JVM does not tell. */
  static final long UNKNOWN = -1;

  private boolean asked;
  private long lastNanos;
  private long lastCpuNanos;

  /**
   * CPU time spent for one scope.
   *
   * @param nowNanos as of {@link System#nanoTime}
   * @param cpuNanos the thread's CPU time until now; 0 or less if not known
   * @param ranNanos how long the thread worked for the scope since the scope was last given some
   */
  long take(long nowNanos, long cpuNanos, long ranNanos) {
    if (cpuNanos <= 0) {
      return UNKNOWN;
    }
    double passed = nowNanos - lastNanos;
    double share = asked && passed > 0 ? Math.min(1, (cpuNanos - lastCpuNanos) / passed) : 0;
    asked = true;
    lastNanos = nowNanos;
    lastCpuNanos = cpuNanos;
    return (long) (ranNanos * share);
  }
}
