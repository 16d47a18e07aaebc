package dev.heaplight.bench.program;

import dev.heaplight.bench.hog.EarlyOom;
import dev.heaplight.bench.hog.HogRun;
import dev.heaplight.bench.hog.HogSetup;
import dev.heaplight.bench.overhead.BenchFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Three workers in a memory cgroup of 600 MB, one of them a hog: who acts first, a guard or the
 * kernel?
 *
 * <p>Usage: {@code HogGuard [--runs N] [--guards a,b] [--rate BYTES_PER_SECOND] [--agent OPTIONS]
 * [--hog JVM_OPTIONS]}; guards are {@code workers} (the agents themselves), {@code monitor} ({@code
 * heaplight monitor} in a process of its own), {@code earlyoom} and {@code none}. Runs of several
 * guards alternate.
 */
public final class HogGuard {
  private static final long LIMIT_BYTES = 600L << 20;

  private HogGuard() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut") // it is a program that prints a table
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    BenchFiles files = BenchFiles.locate();
    int runs = Integer.parseInt(options.getOrDefault("--runs", "10"));
    List<String> guards = List.of(options.getOrDefault("--guards", "workers").split(","));
    if (guards.contains(EarlyOom.NAME)) {
      EarlyOom.require();
    }
    Map<String, List<HogRun.Outcome>> outcomes = new TreeMap<>();
    for (int run = 1; run <= runs; run++) {
      for (String guard : guards) {
        HogSetup setup =
            new HogSetup(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                files.classPath(),
                files.agent(),
                files.target().resolve("../../bin/heaplight").normalize(),
                LIMIT_BYTES,
                Double.parseDouble(options.getOrDefault("--rate", "0")),
                guard,
                options.getOrDefault("--agent", ""),
                options.getOrDefault("--hog", "-Xmx1g"));
        Path directory = files.newRunDirectory();
        HogRun.Outcome outcome = HogRun.run(setup, directory);
        boolean keep =
            options.containsKey("--keep") && (outcome.kernelKills() > 0 || !outcome.named());
        if (!keep) {
          BenchFiles.delete(directory);
        }
        outcomes.computeIfAbsent(guard, unused -> new ArrayList<>()).add(outcome);
        System.out.printf(
            Locale.ROOT,
            "%s run %d: kernel kills %d, hog %s, others finished %d, named %b, overshoot %.1f MB,"
                + " acted %.1f ms, returned %.1f ms, growth %.2f GB/s%s%n",
            guard,
            run,
            outcome.kernelKills(),
            outcome.hog(),
            outcome.finished(),
            outcome.named(),
            outcome.overshootBytes() / 1e6,
            outcome.actedMillis(),
            outcome.returnedMillis(),
            outcome.bytesPerSecond() / 1e9,
            keep ? ", kept " + directory : "");
      }
    }
    outcomes.forEach(HogGuard::print);
  }

  @SuppressWarnings("SystemOut")
  private static void print(String guard, List<HogRun.Outcome> outcomes) {
    long kernel = outcomes.stream().filter(outcome -> outcome.kernelKills() > 0).count();
    System.out.printf(
        Locale.ROOT,
        "%s: runs %d, with a kernel kill %d, hog failed %d, hog killed %d, all others finished %d,"
            + " hog's line named %d%n",
        guard,
        outcomes.size(),
        kernel,
        outcomes.stream().filter(outcome -> outcome.hog().equals("failed")).count(),
        outcomes.stream().filter(outcome -> outcome.hog().equals("killed")).count(),
        outcomes.stream().filter(outcome -> outcome.finished() == 2).count(),
        outcomes.stream().filter(HogRun.Outcome::named).count());
    line("overshoot MB", outcomes, outcome -> outcome.overshootBytes() / 1e6);
    line("acted ms", outcomes, HogRun.Outcome::actedMillis);
    line("returned ms", outcomes, HogRun.Outcome::returnedMillis);
    line("growth GB/s", outcomes, outcome -> outcome.bytesPerSecond() / 1e9);
  }

  @SuppressWarnings("SystemOut")
  private static void line(
      String name, List<HogRun.Outcome> outcomes, ToDoubleFunction<HogRun.Outcome> figure) {
    double[] sorted =
        outcomes.stream().mapToDouble(figure).filter(value -> value != -1).sorted().toArray();
    if (sorted.length > 0) {
      System.out.printf(
          Locale.ROOT,
          "  %-14s median %8.2f  max %8.2f  of %d%n",
          name,
          sorted[sorted.length / 2],
          sorted[sorted.length - 1],
          sorted.length);
    }
  }
}
