package dev.heaplight.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts a worker JVM under the agent as it was packaged, and collects what it leaves. */
final class WorkerProcess {
  /** On a busy machine weaving takes longer than workers would wait for it otherwise. */
  private static final String WAIT_LONG = ",weave-wait=300s";

  static final Path AGENT_JAR = jar("heaplight.agent.jar");
  static final Path API_JAR = jar("heaplight.api.jar");
  private static final long TIMEOUT_SECONDS = 120;

  private final Jdk jdk;
  private final Path directory;
  private final List<String> jvmArguments = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable String agentOptions = "";
  private String classPath =
      API_JAR
          + File.pathSeparator
          + property("heaplight.test.classes")
          + File.pathSeparator
          + property("heaplight.h2.jar");

  /**
   * How a worker ended.
   *
   * @param exit exit code
   * @param out standard output
   * @param err standard error, less the JVM's own notice about class data sharing
   */
  record Result(int exit, String out, String err) {}

  /** A worker that keeps its session and output in {@code directory}. */
  WorkerProcess(Jdk jdk, Path directory) {
    this.jdk = jdk;
    this.directory = directory;
  }

  WorkerProcess withoutAgent() {
    agentOptions = null;
    return this;
  }

  /** Adds options behind the session directory. */
  WorkerProcess agentOptions(String options) {
    agentOptions = options;
    return this;
  }

  WorkerProcess jvmArguments(String... arguments) {
    jvmArguments.addAll(List.of(arguments));
    return this;
  }

  WorkerProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  WorkerProcess classPath(String newClassPath) {
    classPath = newClassPath;
    return this;
  }

  Path session() {
    return directory.resolve("session");
  }

  /** Runs to the end and expects exit code 0. */
  Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    Result result = runToEnd(command(main.getName(), arguments));
    if (result.exit() != 0) {
      throw new AssertionError("worker failed: " + result);
    }
    return result;
  }

  Result runToEnd(List<String> command) throws IOException, InterruptedException {
    Process process = launch(command);
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("worker did not end: " + command);
    }
    return new Result(process.exitValue(), Files.readString(out()), ownLines(err()));
  }

  Process launch(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out().toFile()).redirectError(err().toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  List<String> command(String main, String... arguments) {
    List<String> command = javaWithAgent();
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The JVM, its agent and its arguments, without class path and main class. */
  List<String> javaWithAgent() {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.add("-Xmx512m");
    if (agentOptions != null) {
      String more = agentOptions.isEmpty() ? "" : "," + agentOptions;
      command.add("-javaagent:" + AGENT_JAR + "=session=" + session() + WAIT_LONG + more);
    }
    command.addAll(jvmArguments);
    return command;
  }

  /** The session's recordings, by file name. */
  List<Path> recordings() throws IOException {
    Path logs = session().resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files.sorted().toList();
    }
  }

  /** The one recording whose scope has this name. */
  RecordedScope recording(String name) throws IOException {
    List<RecordedScope> found = new ArrayList<>();
    for (Path file : recordings()) {
      RecordedScope scope = RecordedScope.read(file);
      if (scope.header().name().equals(name)) {
        found.add(scope);
      }
    }
    if (found.size() != 1) {
      throw new AssertionError("recordings of " + name + ": " + found.size());
    }
    return found.get(0);
  }

  /** Waits until {@code condition} holds, at most as long as a worker may take. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  Path out() {
    return directory.resolve("out.txt");
  }

  private Path err() {
    return directory.resolve("err.txt");
  }

  private static String ownLines(Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (!line.contains("Sharing is only supported for boot loader classes")) {
        lines.append(line).append('\n');
      }
    }
    return lines.toString();
  }

  private static Path jar(String property) {
    return Path.of(property(property)).toAbsolutePath();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("run by failsafe: missing property=" + name);
    }
    return value;
  }
}
