package dev.heaplight.monitor.account;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The machine's memory. Source: {@code /proc/meminfo}, see proc(5); its figures are in kB. {@code
 * MemAvailable} leaves out what the kernel can take back. Kernels before 3.14 do not have it: there
 * free memory and caches without shared memory stand for it. Swap does not count as memory.
 */
final class HostMemory {
  private static final long KB = 1024;

  private final KernelFile meminfo;

  HostMemory(Path root) {
    meminfo = new KernelFile(root.resolve("proc/meminfo"));
  }

  /** The level now, or null if the kernel does not tell or tells nonsense. */
  @Nullable MemoryLevel read() {
    if (!meminfo.read()) {
      return null;
    }
    long total = meminfo.number("MemTotal");
    long available = meminfo.number("MemAvailable");
    if (available == KernelFile.UNKNOWN) {
      available = availableOfOldKernel();
    }
    if (total <= 0 || total > Long.MAX_VALUE / KB || available < 0 || available > total) {
      return null;
    }
    return new MemoryLevel(
        MemoryLevel.Kind.HOST,
        MemoryLevel.HOST,
        (total - available) * KB,
        total * KB,
        Math.max(0, meminfo.number("Shmem")) * KB);
  }

  private long availableOfOldKernel() {
    long free = meminfo.number("MemFree");
    long buffers = meminfo.number("Buffers");
    long cached = meminfo.number("Cached");
    long shared = Math.max(0, meminfo.number("Shmem"));
    return free < 0 || buffers < 0 || cached < 0 || shared > cached
        ? KernelFile.UNKNOWN
        : free + buffers + cached - shared;
  }
}
