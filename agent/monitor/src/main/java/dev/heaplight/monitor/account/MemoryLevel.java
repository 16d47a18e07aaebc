package dev.heaplight.monitor.account;

/**
 * A bound on memory and how much of it is used: the host's, or that of one cgroup.
 *
 * @param kind what bounds it
 * @param path directory of the cgroup, or {@code host}
 * @param usedBytes memory in use that the kernel cannot take back from the page cache
 * @param totalBytes the bound, above 0
 * @param sharedBytes the part in use that is shared memory, tmpfs included; 0 if not known
 */
public record MemoryLevel(
    Kind kind, String path, long usedBytes, long totalBytes, long sharedBytes) {
  /** Path of the level that is no cgroup. */
  public static final String HOST = "host";

  /** What bounds memory, and by which formula its use is known. */
  public enum Kind {
    /** The whole machine, as {@code /proc/meminfo} has it. */
    HOST("MemTotal - MemAvailable"),
    /** A memory cgroup of version 1. */
    CGROUP_V1("memory.usage_in_bytes - total_inactive_file - total_active_file"),
    /** A cgroup of version 2. */
    CGROUP_V2("memory.current - inactive_file - active_file");

    private final String formula;

    Kind(String formula) {
      this.formula = formula;
    }

    /** How use is computed, in the kernel's own names. */
    public String formula() {
      return formula;
    }
  }

  /** Used share of the bound, 0 to 1 and seldom a little more. */
  public double fraction() {
    return (double) usedBytes / totalBytes;
  }
}
