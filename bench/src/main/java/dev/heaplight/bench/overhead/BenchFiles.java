package dev.heaplight.bench.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the build put what workers need. */
public record BenchFiles(Path target) {
  /** System property: the module's {@code target}. */
  private static final String TARGET = "heaplight.bench.target";

  /** As the script says, or as seen from the project's top directory. */
  public static BenchFiles locate() throws IOException {
    Path target = Path.of(System.getProperty(TARGET, "bench/target")).toAbsolutePath();
    BenchFiles files = new BenchFiles(target);
    for (Path needed : new Path[] {files.agent(), files.asyncProfiler(), files.sources()}) {
      if (!Files.exists(needed)) {
        throw new IOException("not built: missing=" + needed + "; run mvn -Pbench package");
      }
    }
    return files;
  }

  /** Class path of workers. */
  public String classPath() {
    return target.resolve("classes") + java.io.File.pathSeparator + target.resolve("lib") + "/*";
  }

  /** Heaplight's agent. */
  public Path agent() {
    return target.resolve("agents/heaplight-agent.jar");
  }

  /** Heaplight's hook, for benchmarks that call it without an agent. */
  public Path hook() {
    return target.resolve("agents/heaplight-hook.jar");
  }

  /** Google's allocation instrumenter. */
  public Path allocationInstrumenter() {
    return target.resolve("agents/java-allocation-instrumenter.jar");
  }

  /** async-profiler's native library. */
  public Path asyncProfiler() {
    return target.resolve("agents/linux-x64/libasyncProfiler.so");
  }

  /** What the javac workload compiles. */
  public Path sources() {
    return target.resolve("sources/commons-cli-sources.jar");
  }

  /** Makes a directory for what one worker writes. */
  public Path newRunDirectory() throws IOException {
    Path runs = Files.createDirectories(target.resolve("runs"));
    return Files.createTempDirectory(runs, "run-");
  }

  /** Deletes a run's directory with everything in it. */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
