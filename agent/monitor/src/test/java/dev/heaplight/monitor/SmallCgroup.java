package dev.heaplight.monitor;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A memory cgroup of a test's own, small enough that the machine does not feel it. */
public final class SmallCgroup implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final int PATIENCE = 500;

  private final Path directory;
  private final boolean first;

  private SmallCgroup(Path directory, boolean first) {
    this.directory = directory;
    this.first = first;
  }

  /** Makes one, or skips the test and says why. */
  public static SmallCgroup orSkip(long limitBytes) {
    boolean first = Files.exists(V1.resolve("memory.limit_in_bytes"));
    String name = "heaplight-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    SmallCgroup group = new SmallCgroup((first ? V1 : V2).resolve(name), first);
    try {
      Files.createDirectory(group.directory);
      Files.writeString(
          group.file("memory.limit_in_bytes", "memory.max"), Long.toString(limitBytes));
      return group;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(group.directory);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      return abort("no memory cgroup can be made here, so this is not tested: " + e);
    }
  }

  /** The command, to be run inside the group. */
  public List<String> inside(List<String> command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", "-c"));
    words.add("echo $$ > '" + directory.resolve("cgroup.procs") + "'; exec \"$@\"");
    words.add("sh");
    words.addAll(command);
    return words;
  }

  /** Processes that the kernel killed here. */
  public long kernelKills() throws IOException {
    return Files.readAllLines(file("memory.oom_control", "memory.events")).stream()
        .filter(line -> line.startsWith("oom_kill "))
        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
        .sum();
  }

  private Path file(String ofFirst, String ofSecond) {
    return directory.resolve(first ? ofFirst : ofSecond);
  }

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
