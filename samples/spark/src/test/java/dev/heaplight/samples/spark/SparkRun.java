package dev.heaplight.samples.spark;

import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.OutlineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One start of a main class by the sample's script. */
final class SparkRun implements AutoCloseable {
  private final Path directory;
  private final Process process;

  private SparkRun(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Starts it; its session and output are in {@code directory}. */
  static SparkRun start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root().resolve("samples/spark/run").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.txt").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder
        .environment()
        .merge(
            "SPARK_OPTIONS",
            "-Dspark.heaplight.session=" + session(directory),
            (given, more) -> given + " " + more);
    return new SparkRun(directory, builder.start());
  }

  static Path root() {
    return Path.of("../..").toAbsolutePath().normalize();
  }

  static Path session(Path directory) {
    return directory.resolve("session");
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  String out() throws IOException {
    return Files.readString(directory.resolve("out.txt"));
  }

  /** Waits until something is printed, and returns its first group. */
  String printed(Pattern pattern) throws IOException {
    while (true) {
      Matcher found = pattern.matcher(out());
      if (found.find()) {
        return found.group(1);
      }
      if (!process.isAlive()) {
        throw new IOException("ended: " + out());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Ends it, if it runs for good. */
  @Override
  public void close() {
    process.destroy();
    try {
      int unused = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Executors that run now, by their processes. */
  List<ProcessHandle> executors() {
    return process
        .descendants()
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .orElse("")
                    .contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Waits until so many recordings have come to the driver. */
  void awaitRecordings(int count) throws IOException {
    while (process.isAlive() && files().size() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** What is in the driver's session, by the number of the task attempt. */
  Map<Long, Outline> recordings() throws IOException {
    Map<Long, Outline> recordings = new TreeMap<>();
    for (Outline outline : outlines()) {
      recordings.put(
          Long.parseLong(outline.header().attributes().get("spark.taskAttempt")), outline);
    }
    return recordings;
  }

  /** What is in the session. */
  List<Outline> outlines() throws IOException {
    List<Outline> outlines = new ArrayList<>();
    for (Path file : files()) {
      outlines.add(OutlineReader.read(file));
    }
    return outlines;
  }

  private List<Path> files() throws IOException {
    Path logs = session(directory).resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(logs)) {
      return files.filter(file -> file.toString().endsWith(".heaplight")).toList();
    }
  }
}
