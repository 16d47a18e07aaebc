package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.WorkerFigures;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs all workloads in all variants, round by round, and prints a Markdown table. */
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
    List<Integer> allowed = options.together() ? Lanes.cores(options.variants().size()) : List.of();
    System.out.println(
        "JDK "
            + options.jdk()
            + ", rounds: "
            + options.rounds()
            + (options.together()
                ? ", all variants of a round at once on one core"
                : ", one worker after another"));
    System.out.println();
    System.out.println(OverheadTable.heading());
    int lanes = Math.max(1, allowed.size());
    BlockingQueue<Integer> cores =
        new ArrayBlockingQueue<>(lanes, false, options.together() ? allowed : List.of(0));
    inParallel(
        lanes,
        options.workloads(),
        workload -> {
          int core = cores.take();
          try {
            for (int round = 0; round < options.rounds(); round++) {
              round(workload, round, core);
            }
          } finally {
            cores.add(core);
          }
          return table.rows(workload);
        },
        rows -> rows.forEach(System.out::println));
  }

  /**
   * All at once on one core; or one after another, each round starting with another variant, so
   * that none always follows the same one.
   */
  private void round(WorkloadKind workload, int round, int core)
      throws IOException, InterruptedException {
    List<Variant> order = new ArrayList<>(options.variants());
    Collections.rotate(order, -round);
    SharedCore shared = options.together() ? new SharedCore(core, order.size()) : null;
    Iterator<Variant> results = order.iterator();
    inParallel(
        shared == null ? 1 : order.size(),
        order,
        variant -> Optional.ofNullable(run(workload, variant, shared)),
        figures -> table.add(workload, results.next(), figures.orElse(null)));
  }

  private @Nullable WorkerFigures run(
      WorkloadKind workload, Variant variant, @Nullable SharedCore core)
      throws IOException, InterruptedException {
    String pair = workload.title() + variant.name();
    try {
      return skipped.contains(pair)
          ? null
          : workers.run(workload, variant, options.inShort(), core);
    } catch (WorkerProcess.WorkerFailedException e) {
      skipped.add(pair);
      table.failed(workload, variant, String.valueOf(e.getMessage()));
      return null;
    } finally {
      if (core != null) {
        core.leave();
      }
    }
  }

  /** What runs in a thread of its own. */
  private interface Work<I, R> {
    R of(I item) throws IOException, InterruptedException;
  }

  /** Works on all items, so many at a time; takes results in the items' order. */
  private static <I, R> void inParallel(
      int threads, List<I> items, Work<I, R> work, Consumer<R> results)
      throws IOException, InterruptedException {
    ExecutorService runners = Executors.newFixedThreadPool(threads);
    try {
      List<Future<R>> runs = new ArrayList<>();
      for (I item : items) {
        runs.add(runners.submit(() -> work.of(item)));
      }
      for (Future<R> run : runs) {
        results.accept(run.get());
      }
    } catch (ExecutionException e) {
      throw new IOException("worker not run: " + e.getCause(), e);
    } finally {
      runners.shutdownNow();
    }
  }
}
