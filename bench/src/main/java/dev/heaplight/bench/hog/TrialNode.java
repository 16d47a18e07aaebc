package dev.heaplight.bench.hog;

import dev.heaplight.bench.overhead.BenchFiles;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workers with the agent in one group and one session, and what their monitors do. */
public final class TrialNode implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BenchFiles files;
  private final Path directory;
  private final MemoryGroup group;
  private final Map<String, Process> workers = new HashMap<>();

  private TrialNode(BenchFiles files, Path directory, MemoryGroup group) {
    this.files = files;
    this.directory = directory;
    this.group = group;
  }

  /** A node without workers. */
  public static TrialNode of(BenchFiles files, long limitBytes) throws IOException {
    Path directory = files.newRunDirectory();
    Files.createDirectories(directory.resolve("session"));
    String name = "heaplight-trial-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    return new TrialNode(files, directory, MemoryGroup.create(name, limitBytes));
  }

  /** Starts a worker, see {@link TrialWorker}, and waits until it holds its memory. */
  public void start(String name, String agentOptions, int megabytes, String way)
      throws IOException {
    Path output = directory.resolve(name + ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + (megabytes * 2 + 64) + "m");
    command.add("-XX:+UseSerialGC");
    command.add(
        "-javaagent:"
            + (files.agent() + "=weave-wait=600s,session=" + session())
            + (agentOptions.isEmpty() ? "" : "," + agentOptions));
    command.addAll(List.of("-cp", files.classPath(), TrialWorker.class.getName()));
    command.addAll(List.of(Integer.toString(megabytes), way));
    Process process = run(name, command);
    await(() -> Files.readString(output).contains(StartSignal.READY), process);
    workers.put(name, process);
  }

  /** Runs a program inside the group and waits for its end. */
  public void runInside(String... command) throws IOException, InterruptedException {
    Process process = run("program", Arrays.asList(command));
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command) + ": " + Files.readString(directory.resolve("program.out")));
    }
  }

  private Process run(String name, List<String> command) throws IOException {
    return new ProcessBuilder(group.inside(command))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".out").toFile())
        .start();
  }

  /** The session's shared memory, once its first monitor leads. */
  public SessionState state() throws IOException {
    Path file = new MonitorDirectory(session()).state();
    await(() -> Files.exists(file), null);
    SessionState state = SessionState.open(file);
    await(() -> state.leaderPid() != 0, null);
    return state;
  }

  /** Sets the group's limit. */
  public void setLimit(long bytes) throws IOException {
    group.setLimit(bytes);
  }

  /** Memory in use, page cache left out. */
  public long usedBytes() throws IOException {
    return group.usedBytes();
  }

  /** Memory in use, page cache included. */
  public long chargedBytes() throws IOException {
    return group.chargedBytes();
  }

  /** Kills by the kernel. */
  public long kernelKills() throws IOException {
    return group.oomKills();
  }

  /** A worker's process. */
  public Process worker(String name) {
    return java.util.Objects.requireNonNull(workers.get(name), name);
  }

  /** What a worker printed. */
  public String output(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".out"));
  }

  /** The session's directory. */
  public Path session() {
    return directory.resolve("session");
  }

  /** Reports in the session. */
  public long reports() throws IOException {
    try (Stream<Path> all = Files.list(session().resolve("logs"))) {
      return all.filter(file -> file.getFileName().toString().endsWith(".json")).count();
    }
  }

  /** Waits for a decision after {@code version}; null if none comes within {@code millis}. */
  public static @Nullable Decision awaitDecision(SessionState state, long version, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      if (state.version() != version) {
        return state.current();
      }
      LockSupport.parkNanos(200_000);
    }
    return null;
  }

  /** Waits until all is told of the last decision, some seconds at most. */
  public static void awaitSettled(SessionState state) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < end) {
      Decision decision = state.current();
      if (decision != null && decision.isSettled()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** What is waited for. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Condition condition, @Nullable Process worker) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() > end || (worker != null && !worker.isAlive())) {
        throw new IOException("trial did not get ready: directory=" + directory);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() throws IOException {
    group.close();
    for (Process worker : workers.values()) {
      worker.destroyForcibly();
    }
    BenchFiles.delete(directory);
  }
}
