package dev.heaplight.monitor.account;

import java.nio.file.Path;

/** When the kernel started, by {@code btime} of {@code /proc/stat}. */
public final class BootTime {
  private BootTime() {}

  /**
   * When it started.
   *
   * @param root where {@code /proc} hangs
   * @return seconds since the epoch; -1 if not known
   */
  public static long epochSeconds(Path root) {
    try (KernelFile stat = new KernelFile(root.resolve("proc/stat"))) {
      return stat.read() ? stat.number("btime") : KernelFile.UNKNOWN;
    }
  }
}
