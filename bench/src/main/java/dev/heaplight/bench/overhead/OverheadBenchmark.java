package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.WorkerFigures;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs all workloads in all variants, interleaved round by round, and prints a Markdown table. */
public final class OverheadBenchmark {
  private final OverheadOptions options;
  private final WorkerProcess workers;
  private final OverheadTable table;
  private final Set<String> skipped = ConcurrentHashMap.newKeySet();

  private OverheadBenchmark(OverheadOptions options, BenchFiles files) {
    this.options = options;
    this.workers = new WorkerProcess(files, options.jdk());
    this.table = new OverheadTable(options.variants());
  }

  /** Takes the options of {@code bench/overhead}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    OverheadOptions options;
    try {
      options = OverheadOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + OverheadOptions.USAGE);
      System.exit(2);
      return;
    }
    new OverheadBenchmark(options, BenchFiles.locate()).run();
  }

  private void run() throws IOException, InterruptedException {
    System.out.println("JDK " + options.jdk() + ", rounds: " + options.rounds());
    System.out.println();
    System.out.println(OverheadTable.heading());
    for (WorkloadKind workload : options.workloads()) {
      for (int round = 0; round < options.rounds(); round++) {
        round(workload, round);
      }
      table.rows(workload).forEach(System.out::println);
    }
  }

  /**
   * One after another, each round starting with another variant, so that none always follows the
   * same one; or all at once, which is better where other programs disturb the machine: they then
   * disturb all alike.
   */
  private void round(WorkloadKind workload, int round) throws IOException, InterruptedException {
    List<Variant> order = new ArrayList<>(options.variants());
    Collections.rotate(order, -round);
    ExecutorService runners = Executors.newFixedThreadPool(options.together() ? order.size() : 1);
    try {
      List<Future<@Nullable WorkerFigures>> runs = new ArrayList<>();
      for (Variant variant : order) {
        runs.add(runners.submit(() -> run(workload, variant)));
      }
      for (int i = 0; i < order.size(); i++) {
        table.add(workload, order.get(i), runs.get(i).get());
      }
    } catch (ExecutionException e) {
      throw new IOException("worker not run", e);
    } finally {
      runners.shutdownNow();
    }
  }

  private @Nullable WorkerFigures run(WorkloadKind workload, Variant variant)
      throws IOException, InterruptedException {
    String pair = workload.title() + variant.name();
    if (skipped.contains(pair)) {
      return null;
    }
    try {
      return workers.run(workload, variant, options.inShort());
    } catch (WorkerProcess.WorkerFailedException e) {
      skipped.add(pair);
      table.failed(workload, variant, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
