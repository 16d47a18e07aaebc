package dev.heaplight.engine.memory;

import dev.heaplight.format.Progress;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * Takes points of the memory line from kernel and JVM. Used by one thread.
 *
 * <p>Cost: some 50 us a point, a third of it the kernel's.
 */
public final class MemorySource {
  private final ProcessStatus status = new ProcessStatus();
  private final MemoryMXBean heap = ManagementFactory.getMemoryMXBean();
  private final @Nullable BufferPoolMXBean direct = directBuffers();
  private final @Nullable MemoryPoolMXBean metaspace = metaspacePool();
  private final boolean heapIsShared = heapIsShared();

  /** Looks the JVM's beans up: not before main. */
  public MemorySource() {}

  /** The memory as it is now. */
  public MemoryPoint take() {
    status.read();
    MemoryUsage heapUsage = heap.getHeapMemoryUsage();
    MemoryUsage metaspaceUsage = metaspace == null ? null : metaspace.getUsage();
    return new MemoryPoint(
        System.nanoTime(),
        status.rssBytes(),
        status.rssMinusSharedBytes(heapIsShared ? heapUsage.getCommitted() : 0),
        heapUsage.getUsed(),
        heapUsage.getCommitted(),
        direct == null ? Progress.UNKNOWN : direct.getMemoryUsed(),
        metaspaceUsage == null ? Progress.UNKNOWN : metaspaceUsage.getUsed());
  }

  private static @Nullable BufferPoolMXBean directBuffers() {
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("direct")) {
        return pool;
      }
    }
    return null;
  }

  private static @Nullable MemoryPoolMXBean metaspacePool() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        return pool;
      }
    }
    return null;
  }

  /** Whether the collector, ZGC, keeps the heap in shared memory: see {@link ProcessStatus}. */
  public static boolean heapIsShared() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getName().startsWith("ZGC")) {
        return true;
      }
    }
    return false;
  }
}
