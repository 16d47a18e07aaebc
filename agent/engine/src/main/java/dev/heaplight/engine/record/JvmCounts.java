package dev.heaplight.engine.record;

import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.heaplight.format.Progress;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JVM's own counts, which recordings are checked against. Thread-safe. */
public final class JvmCounts {
  private volatile @Nullable ThreadMXBean threads;
  private volatile @Nullable OperatingSystemMXBean system;
  private volatile List<GarbageCollectorMXBean> collectors = List.of();
  private volatile long agentCpuNanos;

  /**
   * Zero of the clock by which collections are dated. It is neither that of the JVM's uptime nor
   * told anywhere, so it is learnt: no collection can have ended after it was seen to have.
   */
  private long collectionZeroNanos = Long.MAX_VALUE;

  /**
   * A collection as the JVM tells of it, to the millisecond.
   *
   * @param collector name of the collector, empty if unknown
   * @param durationMillis how long it took, or {@link Progress#UNKNOWN}
   * @param startNanos when it began, as of {@link System#nanoTime}
   */
  record LastCollection(String collector, long durationMillis, long startNanos) {
    static final LastCollection UNKNOWN = new LastCollection("", Progress.UNKNOWN, 0);
  }

  /** Looks the JVM's beans up, which loads some hundred classes; until then nothing is counted. */
  public void load() {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
        && bean.isThreadAllocatedMemorySupported()
        && bean.isThreadAllocatedMemoryEnabled()) {
      threads = bean;
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean) {
      system = bean;
    }
    collectors = ManagementFactory.getGarbageCollectorMXBeans();
  }

  /** Whether the JVM counts the bytes of threads; it does not for virtual ones. */
  boolean counts() {
    ThreadMXBean bean = threads;
    return bean != null && bean.isThreadAllocatedMemoryEnabled(); // applications may switch it off
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

  /** All threads of the JVM but virtual ones; none if it does not count. */
  long[] threadIds() {
    ThreadMXBean bean = threads;
    return bean == null ? new long[0] : bean.getAllThreadIds();
  }

  /** Bytes that each of these threads has allocated since it started; -1 where not known. */
  long[] allocatedByThreads(long[] ids) {
    ThreadMXBean bean = threads;
    return bean == null || ids.length == 0 ? new long[0] : bean.getThreadAllocatedBytes(ids);
  }

  /** CPU time of the whole process so far; negative if it is not known. */
  public long processCpuNanos() {
    OperatingSystemMXBean bean = system;
    return bean == null ? -1 : bean.getProcessCpuTime();
  }

  /** CPU time of the agent's recorder so far. */
  public long agentCpuNanos() {
    return agentCpuNanos;
  }

  /** Takes the calling thread's CPU time as the agent's; recorder only. */
  void noteAgentCpu() {
    agentCpuNanos = threadCpuNanos();
  }

  /** CPU time of the calling thread; 0 if the JVM does not tell. */
  long threadCpuNanos() {
    ThreadMXBean bean = threads;
    return bean != null && bean.isCurrentThreadCpuTimeSupported()
        ? Math.max(0, bean.getCurrentThreadCpuTime())
        : 0;
  }

  /** Whether the collector clears weak references while the application runs. */
  boolean collectsConcurrently() {
    for (GarbageCollectorMXBean collector : collectors) {
      if (collector.getName().startsWith("ZGC") || collector.getName().startsWith("Shenandoah")) {
        return true;
      }
    }
    return false;
  }

  /** Collections so far that cleared weak references, concurrent ones only when they ended. */
  long clearingCollections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      sum += clearsReferences(collector) ? Math.max(0, collector.getCollectionCount()) : 0;
    }
    return sum;
  }

  /** Young cycles of generational ZGC leave weak references alone; pauses are told of twice. */
  private static boolean clearsReferences(GarbageCollectorMXBean collector) {
    String name = collector.getName();
    return !name.startsWith("ZGC Minor") && !name.endsWith("Pauses");
  }

  /** The collection that ended last. Of concurrent ones the cycle, not its pauses. */
  synchronized LastCollection lastCollection() {
    LastCollection last = LastCollection.UNKNOWN;
    long now = System.nanoTime();
    long lastEnd = -1;
    for (GarbageCollectorMXBean collector : collectors) {
      if (clearsReferences(collector)
          && collector instanceof com.sun.management.GarbageCollectorMXBean bean) {
        GcInfo info = bean.getLastGcInfo();
        if (info != null && info.getEndTime() > lastEnd) {
          lastEnd = info.getEndTime();
          collectionZeroNanos =
              Math.min(collectionZeroNanos, now - TimeUnit.MILLISECONDS.toNanos(lastEnd));
          last =
              new LastCollection(
                  bean.getName(),
                  info.getDuration(),
                  collectionZeroNanos + TimeUnit.MILLISECONDS.toNanos(info.getStartTime()));
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
