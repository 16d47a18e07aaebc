package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.cli.worker.StepWorker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link StepWorker} in a JVM of its own, driven step by step. */
final class WorkerJvm implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final File errors;

  private WorkerJvm(Process process, File errors) {
    this.process = process;
    this.errors = errors;
    this.out = process.inputReader();
    this.in = process.outputWriter();
  }

  /** Starts a worker and waits until it is ready. */
  static WorkerJvm start(Jdk jdk, Path directory, String... jvmArguments) throws IOException {
    return start(command(jdk, jvmArguments), directory);
  }

  /** Starts a worker by a command that may have another in front of the worker's own. */
  static WorkerJvm start(List<String> command, Path directory) throws IOException {
    File errors = Files.createTempFile(directory, "err", ".txt").toFile();
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    WorkerJvm worker = new WorkerJvm(process, errors);
    worker.expect("ready");
    return worker;
  }

  static List<String> command(Jdk jdk, String... jvmArguments) {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx256m"));
    command.addAll(List.of(jvmArguments));
    command.addAll(List.of("-cp", classes(), StepWorker.class.getName()));
    return command;
  }

  long pid() {
    return process.pid();
  }

  Process process() {
    return process;
  }

  /** Has the worker do a step and waits for its end. */
  void step(String line) throws IOException {
    send(line);
    expect(line);
  }

  void send(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /** Ends the worker's input and waits for its end, which must be as if nothing had happened. */
  void expectArrays(int count) throws IOException, InterruptedException {
    in.close();
    expect("arrays " + count);
    assertEquals(0, exitCode());
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("worker did not end: pid=" + pid());
    }
    return process.exitValue();
  }

  /** What it has written to its standard error so far. */
  String errors() throws IOException {
    return Files.readString(errors.toPath());
  }

  private void expect(String line) throws IOException {
    String actual = out.readLine();
    if (!line.equals(actual)) {
      throw new AssertionError("expected=" + line + ", actual=" + actual + ", " + errors());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String classes() {
    return Path.of("target/test-classes").toAbsolutePath().toString();
  }
}
