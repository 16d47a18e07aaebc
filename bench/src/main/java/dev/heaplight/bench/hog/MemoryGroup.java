package dev.heaplight.bench.hog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A memory cgroup of one's own, of version 1 or 2. */
final class MemoryGroup implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final int PATIENCE = 200;

  private final Path directory;
  private final boolean first;

  private MemoryGroup(Path directory, boolean first) {
    this.directory = directory;
    this.first = first;
  }

  /**
   * Makes a group with a limit.
   *
   * @throws IOException if this machine or user cannot
   */
  static MemoryGroup create(String name, long limitBytes) throws IOException {
    boolean first = Files.isWritable(V1.resolve("memory.limit_in_bytes").getParent());
    MemoryGroup group = new MemoryGroup((first ? V1 : V2).resolve(name), first);
    Files.createDirectory(group.directory);
    try {
      group.setLimit(limitBytes);
    } catch (IOException e) {
      Files.delete(group.directory);
      throw e;
    }
    return group;
  }

  Path directory() {
    return directory;
  }

  void setLimit(long bytes) throws IOException {
    Files.writeString(file("memory.limit_in_bytes", "memory.max"), Long.toString(bytes));
  }

  /** The command, to be run inside the group. */
  List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>();
    words.add("sh");
    words.add("-c");
    words.add("echo $$ > '" + directory.resolve("cgroup.procs") + "'; exec \"$@\"");
    words.add("sh");
    words.addAll(command);
    return words;
  }

  /** Memory in use, the page cache left out. */
  long usedBytes() throws IOException {
    long cache = 0;
    for (String line : Files.readAllLines(directory.resolve("memory.stat"))) {
      String[] words = line.split(" ", 2);
      if (words[0].equals(first ? "total_inactive_file" : "inactive_file")
          || words[0].equals(first ? "total_active_file" : "active_file")) {
        cache += Long.parseLong(words[1].strip());
      }
    }
    return number(file("memory.usage_in_bytes", "memory.current")) - cache;
  }

  /** Memory in use, the page cache included. */
  long chargedBytes() throws IOException {
    return number(file("memory.usage_in_bytes", "memory.current"));
  }

  /** Most that was ever in use, page cache included. */
  long peakBytes() throws IOException {
    return number(file("memory.max_usage_in_bytes", "memory.peak"));
  }

  /** Processes the kernel killed here. */
  long oomKills() throws IOException {
    for (String line : Files.readAllLines(file("memory.oom_control", "memory.events"))) {
      if (line.startsWith("oom_kill ")) {
        return Long.parseLong(line.substring("oom_kill ".length()).strip());
      }
    }
    throw new IOException("no count of kills: cgroup=" + directory);
  }

  private Path file(String ofFirst, String ofSecond) {
    return directory.resolve(first ? ofFirst : ofSecond);
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  /** Ends what runs in the group, and removes it. */
  @Override
  public void close() throws IOException {
    for (int i = 0; i < PATIENCE; i++) {
      List<String> pids = Files.readAllLines(directory.resolve("cgroup.procs"));
      if (pids.isEmpty()) {
        break;
      }
      pids.forEach(
          pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    Files.delete(directory);
  }
}
