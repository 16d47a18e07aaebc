package dev.heaplight.monitor.account;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All bounds that hold for a set of processes: the machine's and those of their cgroups, ancestors
 * included. Not thread-safe.
 *
 * <p>Cost of a reading: 5-10 us and as much again for each cgroup with a limit.
 */
public final class NodeMemory implements AutoCloseable {
  /** Processes are moved now and then; what is mounted hardly ever changes. */
  private static final int FOLLOWS_OF_MOUNTS = 32;

  private final Path root;
  private final HostMemory host;
  private final Map<Path, CgroupMemory> cgroups = new LinkedHashMap<>();
  private final Map<Long, List<Path>> members = new HashMap<>();
  private CgroupPaths paths;
  private int follows;

  /** Of the machine whose {@code /proc} and {@code /sys} lie below {@code root}. */
  public NodeMemory(Path root) {
    this.root = root;
    this.host = new HostMemory(root);
    this.paths = new CgroupPaths(root);
  }

  /** Finds the cgroups of these processes, anew: processes may be moved. */
  public void follow(Set<Long> pids) {
    if (follows++ % FOLLOWS_OF_MOUNTS == 0) {
      paths = new CgroupPaths(root);
    }
    members.clear();
    Set<Path> wanted = new HashSet<>();
    for (long pid : pids) {
      List<Path> directories = paths.of(pid);
      members.put(pid, directories);
      wanted.addAll(directories);
      for (Path directory : directories) {
        if (!cgroups.containsKey(directory)) {
          CgroupMemory cgroup = CgroupMemory.of(directory);
          if (cgroup != null) {
            cgroups.put(directory, cgroup);
          }
        }
      }
    }
    for (Iterator<CgroupMemory> known = cgroups.values().iterator(); known.hasNext(); ) {
      CgroupMemory cgroup = known.next();
      if (!wanted.contains(cgroup.directory())) {
        cgroup.close();
        known.remove();
      }
    }
  }

  /**
   * The levels now, the host's first; null if a figure is missing or none, so that nothing can be
   * decided by it.
   */
  public @Nullable List<MemoryLevel> read() {
    MemoryLevel hostLevel = host.read();
    if (hostLevel == null) {
      return null;
    }
    List<MemoryLevel> levels = new ArrayList<>(1 + cgroups.size());
    levels.add(hostLevel);
    for (Iterator<CgroupMemory> known = cgroups.values().iterator(); known.hasNext(); ) {
      CgroupMemory cgroup = known.next();
      CgroupMemory.Reading reading = cgroup.read(hostLevel.totalBytes());
      if (reading.level() != null) {
        levels.add(reading.level());
      } else if (reading.outcome() == CgroupMemory.Outcome.GARBAGE) {
        return null;
      } else if (reading.outcome() == CgroupMemory.Outcome.GONE) {
        cgroup.close();
        known.remove();
      }
    }
    return levels;
  }

  /** Whether a process that is followed counts in a level. */
  public boolean counts(long pid, MemoryLevel level) {
    return level.kind() == MemoryLevel.Kind.HOST
        || members.getOrDefault(pid, List.of()).stream()
            .anyMatch(directory -> directory.toString().equals(level.path()));
  }

  /** Kills by the kernel's OOM killer so far, by directory of the cgroup. */
  public Map<String, Long> oomKills() {
    Map<String, Long> kills = new LinkedHashMap<>();
    cgroups.forEach((directory, cgroup) -> kills.put(directory.toString(), cgroup.oomKills()));
    return kills;
  }

  @Override
  public void close() {
    cgroups.values().forEach(CgroupMemory::close);
    cgroups.clear();
  }
}
