package dev.heaplight.monitor.account;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one cgroup, all below it included. Sources: the kernel's
 * admin-guide/cgroup-v1/memory.rst and admin-guide/cgroup-v2.rst.
 *
 * <p>The page cache is not counted: the kernel takes it back before it kills. Shared memory and
 * tmpfs stand in the cache's figure too, but not on its lists of files, so they stay counted.
 */
final class CgroupMemory implements AutoCloseable {
  private final Path directory;
  private final MemoryLevel.Kind kind;
  private final KernelFile usage;
  private final KernelFile limit;
  private final KernelFile stat;
  private final KernelFile events;

  private CgroupMemory(Path directory, MemoryLevel.Kind kind) {
    boolean first = kind == MemoryLevel.Kind.CGROUP_V1;
    this.directory = directory;
    this.kind = kind;
    this.usage =
        new KernelFile(directory.resolve(first ? "memory.usage_in_bytes" : "memory.current"));
    this.limit = new KernelFile(directory.resolve(first ? "memory.limit_in_bytes" : "memory.max"));
    this.stat = new KernelFile(directory.resolve("memory.stat"));
    this.events = new KernelFile(directory.resolve(first ? "memory.oom_control" : "memory.events"));
  }

  /** The cgroup of this directory, or null if memory is not accounted for there. */
  static @Nullable CgroupMemory of(Path directory) {
    if (Files.exists(directory.resolve("memory.limit_in_bytes"))) {
      return new CgroupMemory(directory, MemoryLevel.Kind.CGROUP_V1);
    }
    return Files.exists(directory.resolve("memory.max"))
        ? new CgroupMemory(directory, MemoryLevel.Kind.CGROUP_V2)
        : null;
  }

  Path directory() {
    return directory;
  }

  /** What a reading came to. */
  enum Outcome {
    /** There is a level. */
    LIMITED,
    /** The cgroup has no limit. */
    UNLIMITED,
    /** The cgroup is gone. */
    GONE,
    /** A figure is missing or none. */
    GARBAGE
  }

  /**
   * A reading.
   *
   * @param level only of a limited cgroup
   */
  record Reading(Outcome outcome, @Nullable MemoryLevel level) {}

  /**
   * Reads the figures; the limit too, since it may change at any time.
   *
   * @param hostBytes the machine's memory: a limit above it bounds nothing
   */
  Reading read(long hostBytes) {
    if (!limit.read() || !usage.read() || !stat.read()) {
      return new Reading(Files.isDirectory(directory) ? Outcome.GARBAGE : Outcome.GONE, null);
    }
    if (limit.is("max")) {
      return new Reading(Outcome.UNLIMITED, null);
    }
    long total = limit.number();
    long used = usage.number();
    long cache = cacheBytes();
    if (total < 0 || used < 0 || cache < 0) {
      return new Reading(Outcome.GARBAGE, null);
    }
    if (total >= hostBytes) {
      return new Reading(Outcome.UNLIMITED, null);
    }
    // The two figures are read one after the other, and the first is kept in batches by processor.
    long counted = Math.max(0, used - cache);
    MemoryLevel level =
        new MemoryLevel(kind, directory.toString(), counted, Math.max(1, total), sharedBytes());
    return new Reading(Outcome.LIMITED, level);
  }

  /** Processes the kernel has killed here for lack of memory; negative if it does not tell. */
  long oomKills() {
    return events.read() ? events.number("oom_kill") : KernelFile.UNKNOWN;
  }

  private long sharedBytes() {
    return Math.max(0, stat.number(kind == MemoryLevel.Kind.CGROUP_V1 ? "total_shmem" : "shmem"));
  }

  private long cacheBytes() {
    boolean first = kind == MemoryLevel.Kind.CGROUP_V1;
    long inactive = stat.number(first ? "total_inactive_file" : "inactive_file");
    long active = stat.number(first ? "total_active_file" : "active_file");
    return inactive < 0 || active < 0 ? KernelFile.UNKNOWN : inactive + active;
  }

  @Override
  public void close() {
    usage.close();
    limit.close();
    stat.close();
    events.close();
  }
}
