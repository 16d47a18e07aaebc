package dev.heaplight.bench.overhead;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cores that workloads run on side by side, each with all variants of a round. */
final class Lanes {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** A worker's heap and what its JVM needs beside it. */
  private static final long WORKER_BYTES = 1_300L << 20;

  private Lanes() {}

  /** Cores this process may use, as many as the memory has room for; at least one. */
  static List<Integer> cores(int workersAtOnce) throws IOException {
    List<Integer> cores = allowed();
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long fit = machine.getTotalMemorySize() / (workersAtOnce * WORKER_BYTES);
    return cores.subList(0, (int) Math.max(1, Math.min(fit, cores.size())));
  }

  /** As the kernel writes it: {@code 0-3,8}. */
  private static List<Integer> allowed() throws IOException {
    List<Integer> cores = new ArrayList<>();
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ALLOWED)) {
        for (String range : line.substring(ALLOWED.length()).strip().split(",", -1)) {
          int dash = range.indexOf('-');
          int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
          int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
          for (int core = first; core <= last; core++) {
            cores.add(core);
          }
        }
      }
    }
    if (cores.isEmpty()) {
      throw new IOException("no cores named: file=" + STATUS + ", expected=" + ALLOWED);
    }
    return cores;
  }
}
