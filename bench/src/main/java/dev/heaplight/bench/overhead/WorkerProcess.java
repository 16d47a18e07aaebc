package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.OverheadWorker;
import dev.heaplight.bench.worker.WorkerFigures;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts one worker JVM and reads its figures. */
final class WorkerProcess {
  /** Same heap and collector everywhere; compilation waits, so that warm-up is by operations. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-Xbatch", "-Xlog:disable", "-Xlog:all=error");

  /** Complaints about agents that load native code; newer JVMs know these options. */
  private static final List<String> NEWER_JVM_OPTIONS =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading");

  private final BenchFiles files;
  private final Path java;

  WorkerProcess(BenchFiles files, Path jdk) {
    this.files = files;
    this.java = jdk.resolve("bin/java");
  }

  /** Thrown when a worker did not give figures; the message says why. */
  static final class WorkerFailedException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerFailedException(String message) {
      super(message);
    }
  }

  /**
   * Runs {@code workload} once.
   *
   * @param core where to run, and with whom at the same time; null to run alone on any
   * @throws WorkerFailedException if the variant does not run here
   */
  WorkerFigures run(
      WorkloadKind workload, Variant variant, boolean inShort, @Nullable SharedCore core)
      throws IOException, InterruptedException, WorkerFailedException {
    Path run = files.newRunDirectory();
    try {
      return figures(run, command(run, workload, variant, inShort, core), core);
    } finally {
      BenchFiles.delete(run);
    }
  }

  private List<String> command(
      Path run,
      WorkloadKind workload,
      Variant variant,
      boolean inShort,
      @Nullable SharedCore core) {
    List<String> command = new ArrayList<>(core == null ? List.of() : core.command());
    command.add(java.toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(NEWER_JVM_OPTIONS);
    command.add("-Dheaplight.bench.sources=" + files.sources());
    command.add("-Dheaplight.bench.asyncprofiler=" + files.asyncProfiler());
    command.addAll(variant.jvmOptions().of(files, run));
    if (core != null) {
      command.addAll(core.jvmOptions(run));
    }
    command.add("-cp");
    command.add(files.classPath());
    command.add(OverheadWorker.class.getName());
    command.add(workload.title());
    command.add(variant.session());
    command.add(Integer.toString(workload.warmUpOperations(inShort)));
    int measured = workload.measuredOperations(inShort) / variant.operationsDivisor();
    command.add(Integer.toString(Math.max(1, measured)));
    return command;
  }

  private static WorkerFigures figures(Path run, List<String> command, @Nullable SharedCore core)
      throws IOException, InterruptedException, WorkerFailedException {
    Path output = run.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit;
    try {
      if (core != null) {
        core.awaitOthers(run, process);
      }
      exit = process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    for (String line : lines) {
      if (WorkerFigures.isFigures(line)) {
        return WorkerFigures.parse(line);
      }
    }
    throw new WorkerFailedException("exit code=" + exit + ", output=" + reason(lines));
  }

  /** What the agent said, if it did; else the last line that is not a stack frame. */
  private static String reason(List<String> lines) {
    String reason = "nothing";
    for (String line : lines) {
      if (line.startsWith("heaplight:") || line.startsWith("[heaplight]")) {
        return line;
      }
      if (!line.isBlank() && !line.startsWith("\t") && reason.equals("nothing")) {
        reason = line;
      }
    }
    return reason;
  }
}
