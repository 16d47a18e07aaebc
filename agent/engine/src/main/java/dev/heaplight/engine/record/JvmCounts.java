package dev.heaplight.engine.record;

import com.sun.management.GcInfo;
import com.sun.management.ThreadMXBean;
import dev.heaplight.format.Progress;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVM's own counts, which recordings are checked against. Thread-safe. */
public final class JvmCounts {
  private volatile @Nullable ThreadMXBean threads;
  private volatile List<GarbageCollectorMXBean> collectors = List.of();
  private volatile long agentCpuNanos;

  /**
   * A collection as the JVM tells of it.
   *
   * @param collector name of the collector, empty if unknown
   * @param durationMillis how long it took, or {@link Progress#UNKNOWN}
   */
  record LastCollection(String collector, long durationMillis) {}

  /** Looks the JVM's beans up, which loads some hundred classes; until then nothing is counted. */
  public void load() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
        && bean.isThreadAllocatedMemorySupported()
        && bean.isThreadAllocatedMemoryEnabled()) {
      threads = bean;
    }
    collectors = ManagementFactory.getGarbageCollectorMXBeans();
  }

  /** Whether the JVM counts the calling thread's bytes; it does not for virtual threads. */
  public boolean countsCurrentThread() {
    ThreadMXBean bean = threads;
    return bean != null && bean.getCurrentThreadAllocatedBytes() >= 0;
  }

  /** Bytes the calling thread has allocated since it started; 0 if the JVM does not count. */
  public long allocatedByCurrentThread() {
    ThreadMXBean bean = threads;
    return bean == null ? 0 : Math.max(0, bean.getCurrentThreadAllocatedBytes());
  }

  /** Bytes a thread has allocated since it started; -1 if it has ended or is not counted. */
  public long allocatedByThread(long threadId) {
    ThreadMXBean bean = threads;
    return bean == null ? -1 : bean.getThreadAllocatedBytes(threadId);
  }

  /** CPU time of the agent's recorder so far. */
  public long agentCpuNanos() {
    return agentCpuNanos;
  }

  /** Takes the calling thread's CPU time as the agent's; recorder only. */
  void noteAgentCpu() {
    ThreadMXBean bean = threads;
    if (bean != null && bean.isCurrentThreadCpuTimeSupported()) {
      agentCpuNanos = Math.max(0, bean.getCurrentThreadCpuTime());
    }
  }

  /** The collection that ended last. */
  LastCollection lastCollection() {
    LastCollection last = new LastCollection("", Progress.UNKNOWN);
    long lastEnd = -1;
    for (GarbageCollectorMXBean collector : collectors) {
      if (collector instanceof com.sun.management.GarbageCollectorMXBean bean) {
        GcInfo info = bean.getLastGcInfo();
        if (info != null && info.getEndTime() > lastEnd) {
          lastEnd = info.getEndTime();
          last = new LastCollection(bean.getName(), info.getDuration());
        }
      }
    }
    return last;
  }

  /** Garbage collections since the JVM started, or {@link Progress#UNKNOWN}. */
  public long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      // Concurrent collectors report each cycle's pauses in a second bean.
      if (!collector.getName().endsWith("Pauses")) {
        long count = collector.getCollectionCount();
        if (count < 0) {
          return Progress.UNKNOWN;
        }
        sum += count;
      }
    }
    return sum;
  }
}
