package dev.heaplight.monitor.account;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many processes the kernel's OOM killer has killed so far.
 *
 * @param byCgroup by directory of the cgroup, innermost first; a kill counts in the cgroup it
 *     happened in and, in version 2, in those above
 * @param host on the whole machine, {@code oom_kill} of {@code /proc/vmstat}; -1 if not known
 */
public record KernelKills(Map<String, Long> byCgroup, long host) {
  /** The counts where a process lives. */
  public static KernelKills around(Path root, long pid) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Path directory : new CgroupPaths(root).of(pid)) {
      counts.put(directory.toString(), of(directory));
    }
    return new KernelKills(counts, ofHost(root));
  }

  /** The count of one cgroup now; -1 if it is gone or does not tell. */
  public static long of(Path directory) {
    CgroupMemory cgroup = CgroupMemory.of(directory);
    if (cgroup == null) {
      return KernelFile.UNKNOWN;
    }
    try (cgroup) {
      return cgroup.oomKills();
    }
  }

  /** The count of the machine now; -1 if it does not tell. */
  public static long ofHost(Path root) {
    try (KernelFile vmstat = new KernelFile(root.resolve("proc/vmstat"))) {
      return vmstat.read() ? vmstat.number("oom_kill") : KernelFile.UNKNOWN;
    }
  }

  /**
   * Adds the counts as facts.
   *
   * @param key behind {@code cgroup.N.} and {@code host.}
   */
  public void write(String key, Map<String, String> facts) {
    int number = 0;
    for (Map.Entry<String, Long> cgroup : byCgroup.entrySet()) {
      facts.put("cgroup." + number + ".path", cgroup.getKey());
      facts.put("cgroup." + number + "." + key, Long.toString(cgroup.getValue()));
      number++;
    }
    facts.put("host." + key, Long.toString(host));
  }

  /** The counts that {@link #write} added under the same key; null if there are none. */
  public static @Nullable KernelKills read(String key, Map<String, String> facts) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int number = 0; facts.containsKey("cgroup." + number + ".path"); number++) {
      String count = facts.get("cgroup." + number + "." + key);
      if (count != null) {
        counts.put(facts.getOrDefault("cgroup." + number + ".path", ""), parsed(count));
      }
    }
    String host = facts.get("host." + key);
    return counts.isEmpty() && host == null
        ? null
        : new KernelKills(counts, host == null ? KernelFile.UNKNOWN : parsed(host));
  }

  private static long parsed(String count) {
    try {
      return Long.parseLong(count);
    } catch (NumberFormatException e) {
      return KernelFile.UNKNOWN;
    }
  }
}
