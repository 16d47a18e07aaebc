package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.WorkerFigures;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs all workloads in all variants, interleaved round by round, and prints a Markdown table. */
public final class OverheadBenchmark {
  private final OverheadOptions options;
  private final WorkerProcess workers;
  private final OverheadTable table;
  private final Set<String> skipped = new HashSet<>();

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

  /** Each round starts with another variant, so that none always follows the same one. */
  private void round(WorkloadKind workload, int round) throws IOException, InterruptedException {
    List<Variant> order = new ArrayList<>(options.variants());
    Collections.rotate(order, -round);
    for (Variant variant : order) {
      WorkerFigures figures = null;
      if (!skipped.contains(workload.title() + variant.name())) {
        try {
          figures = workers.run(workload, variant, options.inShort());
        } catch (WorkerProcess.WorkerFailedException e) {
          skipped.add(workload.title() + variant.name());
          table.failed(workload, variant, String.valueOf(e.getMessage()));
        }
      }
      table.add(workload, variant, figures);
    }
  }
}
