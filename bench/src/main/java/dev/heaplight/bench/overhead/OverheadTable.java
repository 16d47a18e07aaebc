package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.WorkerFigures;
import dev.heaplight.bench.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Collects the figures of all rounds and prints them as a Markdown table. Thread-safe. */
final class OverheadTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Variant> variants;
  private final Map<String, List<@Nullable WorkerFigures>> figures = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  OverheadTable(List<Variant> variants) {
    this.variants = variants;
  }

  /** Adds a round's figures; null if the worker failed. */
  void add(WorkloadKind workload, Variant variant, @Nullable WorkerFigures of) {
    all(workload, variant).add(of);
  }

  /** Remembers why a variant has no figures. */
  void failed(WorkloadKind workload, Variant variant, String reason) {
    failures.putIfAbsent(key(workload, variant), reason);
  }

  private List<@Nullable WorkerFigures> all(WorkloadKind workload, Variant variant) {
    return figures.computeIfAbsent(
        key(workload, variant), unused -> Collections.synchronizedList(new ArrayList<>()));
  }

  private static String key(WorkloadKind workload, Variant variant) {
    return workload.title() + "/" + variant.name();
  }

  static String heading() {
    return "| workload | variant | worker CPU | steady worker CPU | whole process CPU | allocated / bare | recorded / bare"
        + " | coverage |\n|---|---|---|---|---|---|---|---|";
  }

  /** The lines of one workload. */
  List<String> rows(WorkloadKind workload) {
    List<String> rows = new ArrayList<>();
    for (Variant variant : variants) {
      String failure = failures.get(key(workload, variant));
      rows.add(
          "| "
              + workload.title()
              + " | "
              + variant.name()
              + " | "
              + (failure != null
                  ? "skipped: " + failure + " | | | | | |"
                  : cells(workload, variant)));
    }
    return rows;
  }

  private String cells(WorkloadKind workload, Variant variant) {
    List<@Nullable WorkerFigures> own = all(workload, variant);
    List<@Nullable WorkerFigures> bare = all(workload, variants.get(0));
    if (variant.name().equals(Variant.BARE)) {
      return millis(own, true) + " ms | 1 | " + millis(own, false) + " ms | 1 | - | - |";
    }
    Ratios coverage = Ratios.of(own, own, WorkerFigures::coverage, unused -> 1);
    return String.join(
            " | ",
            ratios(own, bare, WorkerFigures::workerNanosPerOperation).toString(),
            ratios(own, bare, WorkerFigures::steadyNanosPerOperation).toString(),
            ratios(own, bare, WorkerFigures::processNanosPerOperation).toString(),
            ratios(own, bare, WorkerFigures::allocatedPerOperation).brief(),
            Ratios.of(
                    own,
                    bare,
                    WorkerFigures::recordedPerOperation,
                    WorkerFigures::allocatedPerOperation)
                .brief(),
            coverage.brief())
        + " |";
  }

  private static Ratios ratios(
      List<@Nullable WorkerFigures> own,
      List<@Nullable WorkerFigures> bare,
      ToDoubleFunction<WorkerFigures> figure) {
    return Ratios.of(own, bare, figure, figure);
  }

  private static String millis(List<@Nullable WorkerFigures> runs, boolean worker) {
    double[] sorted =
        runs.stream()
            .filter(run -> run != null)
            .mapToDouble(run -> worker ? run.workerCpuNanos() : run.processCpuNanos())
            .sorted()
            .toArray();
    return sorted.length == 0
        ? "-"
        : String.format(Locale.ROOT, "%.0f", sorted[sorted.length / 2] / NANOS_PER_MILLI);
  }
}
