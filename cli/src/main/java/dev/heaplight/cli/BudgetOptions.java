package dev.heaplight.cli;

import dev.heaplight.viewer.budget.Budget;
import dev.heaplight.viewer.model.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A budget for each metric. */
final class BudgetOptions {
  private static final String SIZE = "SIZE";

  @Option(
      names = "--max-allocated",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may be allocated: 4096, 512K, 64MB, 1.5GiB.")
  private @Nullable Long allocated;

  @Option(
      names = "--max-peak",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may be live at the peak.")
  private @Nullable Long peak;

  @Option(
      names = "--max-surviving",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may survive.")
  private @Nullable Long surviving;

  @Option(
      names = "--max-temporary",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may be temporary.")
  private @Nullable Long temporary;

  @Option(
      names = "--max-off-heap",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may be taken outside the heap, given back or not.")
  private @Nullable Long offHeap;

  @Option(
      names = "--max-off-heap-live",
      paramLabel = SIZE,
      converter = SizeConverter.class,
      description = "The most that may be held outside the heap at the end.")
  private @Nullable Long offHeapLive;

  /** The budgets that were given. */
  List<Budget> budgets() {
    List<Budget> budgets = new ArrayList<>();
    add(Metric.ALLOCATED, allocated, budgets);
    add(Metric.PEAK, peak, budgets);
    add(Metric.SURVIVING, surviving, budgets);
    add(Metric.TEMPORARY, temporary, budgets);
    add(Metric.OFF_HEAP, offHeap, budgets);
    add(Metric.OFF_HEAP_LIVE, offHeapLive, budgets);
    return budgets;
  }

  private static void add(Metric metric, @Nullable Long limit, List<Budget> budgets) {
    if (limit != null) {
      budgets.add(new Budget(metric, limit));
    }
  }
}
