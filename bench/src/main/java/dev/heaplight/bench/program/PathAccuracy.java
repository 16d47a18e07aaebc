package dev.heaplight.bench.program;

import dev.heaplight.bench.overhead.BenchFiles;
import dev.heaplight.bench.workload.Workload;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How near the call paths are to the truth: total-variation distance between the bytes by call path
 * of each profiler and async-profiler's with every allocation. Two runs of the latter tell how far
 * apart equal work is. Objects that the JIT compiler removes without an agent but not with one are
 * a difference in what happens, not in how it is seen: {@code -XX:-DoEscapeAnalysis} leaves it out.
 */
public final class PathAccuracy {
  private static final String TRUTH = "1";
  private static final List<String> PROFILERS =
      List.of(TRUTH, "1", "heaplight", "sampled", "64k", "jfr");
  private static final int TOP = 10;
  private static final int SHOWN_DIFFERENCES = 8;

  private PathAccuracy() {}

  /** Takes the workload, the number of measured operations, and options for the JVMs. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchFiles files = BenchFiles.locate();
    String workload = arguments.length > 0 ? arguments[0] : WorkloadKind.JACKSON.title();
    String operations = arguments.length > 1 ? arguments[1] : "200";
    List<String> options =
        Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
    Map<String, PathDistribution> all = new LinkedHashMap<>();
    for (String profiler : PROFILERS) {
      String name = all.containsKey(profiler) ? profiler + " again" : profiler;
      all.put(name, record(files, options, profiler, workload, operations));
    }
    PathDistribution truth = all.getOrDefault(TRUTH, new PathDistribution());
    System.out.println(
        "| profiler | bytes | paths | distance | top ten off by |\n|---|---|---|---|---|");
    all.forEach((name, paths) -> System.out.println(row(name, paths, truth)));
    PathDistribution own = all.getOrDefault("heaplight", new PathDistribution());
    own.largestDifferences(truth, SHOWN_DIFFERENCES).forEach(System.err::println);
  }

  private static String row(String name, PathDistribution paths, PathDistribution truth) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %d | %.4f | %.2f %% |",
        name,
        paths.totalBytes(),
        paths.paths(),
        paths.distanceTo(truth),
        100 * paths.topErrorAgainst(truth, TOP));
  }

  private static PathDistribution record(
      BenchFiles files,
      List<String> jvmOptions,
      String profiler,
      String workload,
      String operations)
      throws IOException, InterruptedException {
    Path run = files.newRunDirectory();
    try {
      List<String> options = new ArrayList<>(jvmOptions);
      options.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
      // FlightRecorder cuts deep stacks otherwise
      options.add("-XX:FlightRecorderOptions=stackdepth=512");
      if (profiler.equals("heaplight")) {
        options.add(ChildJvm.heaplight(files, run));
      } else if (profiler.equals("sampled")) {
        options.add(ChildJvm.heaplight(files, run) + ",mode=sampled,interval=64k");
      }
      Path result = run.resolve("paths");
      new ChildJvm(files, options)
          .run(
              System.err::println, Worker.class, profiler, workload, operations, result.toString());
      return PathDistribution.read(result);
    } finally {
      BenchFiles.delete(run);
    }
  }

  /** Runs under one profiler. */
  public static final class Worker {
    private Worker() {}

    /** Takes profiler, workload, operations and the file for the result. */
    public static void main(String[] arguments) throws Exception {
      int operations = Integer.parseInt(arguments[2]);
      try (Workload workload = WorkloadKind.of(arguments[1]).make()) {
        work(workload, operations);
        new PathRecorder(Worker.class.getName() + ".work")
            .record(arguments[0], () -> work(workload, operations))
            .write(Path.of(arguments[3]));
      }
    }

    private static void work(Workload workload, int operations) throws Exception {
      long sum = 0;
      for (int i = 0; i < operations; i++) {
        sum += workload.operate(i);
      }
      System.out.println("sum=" + sum);
    }
  }
}
