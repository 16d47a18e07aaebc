package dev.heaplight.engine.memory;

import dev.heaplight.format.Progress;
import java.lang.instrument.Instrumentation;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes points of the memory line from kernel and JVM. Used by one thread.
 *
 * <p>Cost: some 50 us a point, a third of it the kernel's.
 */
public final class MemorySource {
  private static final long PARTS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ProcessStatus status = new ProcessStatus();
  private final MemoryMXBean heap = ManagementFactory.getMemoryMXBean();
  private final @Nullable BufferPoolMXBean direct = directBuffers();
  private final @Nullable MemoryPoolMXBean metaspace = metaspacePool();
  private final List<MemoryPoolMXBean> codeCache = codeCachePools();
  private final boolean heapIsShared = heapIsShared();
  private final NativeMemoryTracking tracking;
  private final LongSupplier mallocBytes;
  private long partsNanos = System.nanoTime() - PARTS_EVERY_NANOS;

  /**
   * Looks the JVM's beans up: not before main.
   *
   * @param mallocBytes what native code holds by a profiler's samples, or {@link Progress#UNKNOWN}
   */
  public MemorySource(Instrumentation instrumentation, LongSupplier mallocBytes) {
    this.tracking = NativeMemoryTracking.of(instrumentation);
    this.mallocBytes = mallocBytes;
  }

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
        metaspaceUsage == null ? Progress.UNKNOWN : metaspaceUsage.getUsed(),
        parts());
  }

  private @Nullable PartsPoint parts() {
    long now = System.nanoTime();
    if (now - partsNanos < PARTS_EVERY_NANOS) {
      return null;
    }
    partsNanos = now;
    tracking.refresh(now);
    long code = 0;
    for (MemoryPoolMXBean pool : codeCache) {
      MemoryUsage usage = pool.getUsage();
      code += usage == null ? 0 : usage.getCommitted();
    }
    return new PartsPoint(
        codeCache.isEmpty() ? Progress.UNKNOWN : code,
        status.threads(),
        tracking.threadBytes(),
        tracking.jvmBytes(),
        mallocBytes.getAsLong(),
        status.fileBytes(),
        heapIsShared ? Progress.UNKNOWN : status.sharedBytes());
  }

  /** One pool, or three where code is kept apart by its kind. */
  private static List<MemoryPoolMXBean> codeCachePools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().startsWith("CodeHeap") || pool.getName().equals("CodeCache"))
        .toList();
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
