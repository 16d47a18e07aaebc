package dev.heaplight.bench.program;

import dev.heaplight.bench.overhead.BenchFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH over the hooks; takes JMH's options. */
public final class HookBenchmarks {
  /** Five measurements of a second in one JVM. */
  private static final String[] DEFAULTS = {
    "-f", "1", "-wi", "3", "-w", "1s", "-i", "5", "-r", "1s"
  };

  private HookBenchmarks() {}

  /** Runs the benchmarks and prints JMH's report. */
  public static void main(String[] arguments)
      throws IOException, RunnerException, CommandLineOptionException {
    BenchFiles files = BenchFiles.locate();
    new Runner(
            new OptionsBuilder()
                .parent(new CommandLineOptions(arguments.length == 0 ? DEFAULTS : arguments))
                .include("HookBenchmark")
                .jvmArgsAppend("-Xbootclasspath/a:" + everything(files), "-Xmx512m")
                .build())
        .run();
  }

  private static String everything(BenchFiles files) throws IOException {
    try (Stream<Path> libraries = Files.list(files.target().resolve("lib"))) {
      return Stream.concat(Stream.of(files.hook(), files.target().resolve("classes")), libraries)
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
