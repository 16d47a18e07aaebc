package dev.heaplight.bench.program;

import dev.heaplight.bench.overhead.BenchFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts JVMs of the same JDK as this one, with the benchmarks' class path. */
final class ChildJvm {
  private final BenchFiles files;
  private final List<String> options;

  ChildJvm(BenchFiles files, List<String> options) {
    this.files = files;
    this.options = List.copyOf(options);
  }

  /** The option that attaches Heaplight. */
  static String heaplight(BenchFiles files, Path session) {
    return "-javaagent:" + files.agent() + "=weave-wait=600s,session=" + session;
  }

  /** Runs {@code main} to its end and hands on each line it prints. */
  void run(Consumer<String> lines, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dheaplight.bench.sources=" + files.sources());
    command.add("-Dheaplight.bench.asyncprofiler=" + files.asyncProfiler());
    command.addAll(List.of("-cp", files.classPath(), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.accept(line);
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("child JVM: exit code=" + exit + ", main=" + main.getName());
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
