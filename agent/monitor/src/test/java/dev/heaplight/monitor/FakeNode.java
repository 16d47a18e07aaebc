package dev.heaplight.monitor;

import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A machine made of files: {@code /proc} and {@code /sys} below a directory of the test's own. */
public final class FakeNode {
  public static final long MB = 1 << 20;
  public static final String V1_GROUP = "/sys/fs/cgroup/memory/job";

  private final Path root;

  public FakeNode(Path root) {
    this.root = root;
    host(16_000 * MB, 12_000 * MB);
    write("proc/sys/kernel/hostname", "node-1\n");
    write("proc/vmstat", "oom_kill 0\n");
    write(
        "proc/self/mountinfo",
        """
        35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
        """);
  }

  public Path root() {
    return root;
  }

  public void host(long totalBytes, long availableBytes) {
    write(
        "proc/meminfo",
        "MemTotal:       "
            + totalBytes / 1024
            + " kB\nMemFree:         1000 kB\nMemAvailable:   "
            + availableBytes / 1024
            + " kB\nShmem:             2048 kB\n");
  }

  /** A cgroup of version 1. */
  public void v1(String directory, long limitBytes, long usageBytes, long cacheBytes) {
    v1(directory, limitBytes, usageBytes, cacheBytes, 4096);
  }

  /** The same, with shared memory, which is part of what is used. */
  public void v1(
      String directory, long limitBytes, long usageBytes, long cacheBytes, long sharedBytes) {
    write(directory + "/memory.limit_in_bytes", limitBytes + "\n");
    write(directory + "/memory.usage_in_bytes", usageBytes + "\n");
    write(
        directory + "/memory.stat",
        "cache 1\ntotal_shmem "
            + sharedBytes
            + "\ntotal_inactive_file "
            + cacheBytes / 2
            + "\ntotal_active_file "
            + (cacheBytes - cacheBytes / 2)
            + "\n");
    write(directory + "/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n");
  }

  /** A cgroup of version 2. */
  public void v2(String directory, String limit, long currentBytes, long cacheBytes) {
    write(directory + "/memory.max", limit + "\n");
    write(directory + "/memory.current", currentBytes + "\n");
    write(
        directory + "/memory.stat",
        "anon 1\nshmem 8192\ninactive_file " + cacheBytes + "\nactive_file 0\n");
    write(directory + "/memory.events", "oom 0\noom_kill 0\n");
  }

  /** A process in the v1 cgroup {@code /job}. */
  public ProcessIdentity process(long pid, long privateBytes) {
    return process(pid, 1000 + pid, privateBytes, "4:memory:/job\n");
  }

  public ProcessIdentity process(long pid, long startTicks, long privateBytes, String cgroups) {
    write(
        "proc/" + pid + "/stat",
        pid + " (java (x) y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + startTicks + " 1 1\n");
    write(
        "proc/" + pid + "/status",
        "Name:\tjava\nVmRSS:\t"
            + (privateBytes / 1024 + 20_000)
            + " kB\nRssAnon:\t"
            + privateBytes / 1024
            + " kB\nRssFile:\t20000 kB\nRssShmem:\t0 kB\n");
    write("proc/" + pid + "/cgroup", cgroups);
    write("proc/" + pid + "/cmdline", "java\0Worker\0");
    return new ProcessIdentity(pid, startTicks);
  }

  /** Ends a process. */
  public void end(long pid) {
    Path directory = root.resolve("proc/" + pid);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file by which a worker tells what it has open. */
  public void worker(MonitorDirectory session, ProcessIdentity worker, List<TaskRecord> tasks) {
    worker(session, worker, tasks, Map.of());
  }

  /** The same, with further facts. */
  public void worker(
      MonitorDirectory session,
      ProcessIdentity worker,
      List<TaskRecord> tasks,
      Map<String, String> more) {
    Map<String, String> facts = new LinkedHashMap<>(more);
    facts.put("pid", Long.toString(worker.pid()));
    facts.put("startTicks", Long.toString(worker.startTicks()));
    facts.put("command", "acme.Worker --x");
    facts.put("state", "running");
    facts.put("tasks", Integer.toString(tasks.size()));
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).write("task." + i + ".", facts);
    }
    try {
      KeyValues.write(session.worker(worker), facts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String file, String text) {
    Path path = root.resolve(file.replaceFirst("^/", ""));
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete(String file) {
    try {
      Files.delete(root.resolve(file.replaceFirst("^/", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A task as a worker tells of it. */
  public static TaskRecord task(long key, String name, String kind, boolean retriable) {
    return new TaskRecord(
        key, name, kind, "id-" + key, key, 0, 0, 0, retriable, "", 0, 0, 1, "", false);
  }
}
