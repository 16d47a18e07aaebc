package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.WorkerFigures;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a variant over the same figure of the bare runs, round by round: neighbours in time
 * had the same machine, so their ratio is steadier than either.
 */
record Ratios(double median, double least, double most) {
  /** Ratios of the rounds in which both ran. */
  static Ratios of(
      List<@Nullable WorkerFigures> variant,
      List<@Nullable WorkerFigures> bare,
      ToDoubleFunction<WorkerFigures> numerator,
      ToDoubleFunction<WorkerFigures> denominator) {
    double[] sorted =
        IntStream.range(0, variant.size())
            .mapToDouble(
                round -> ratio(variant.get(round), bare.get(round), numerator, denominator))
            .filter(ratio -> !Double.isNaN(ratio))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new Ratios(Double.NaN, Double.NaN, Double.NaN);
    }
    return new Ratios(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  private static double ratio(
      @Nullable WorkerFigures variant,
      @Nullable WorkerFigures bare,
      ToDoubleFunction<WorkerFigures> numerator,
      ToDoubleFunction<WorkerFigures> denominator) {
    return variant == null || bare == null
        ? Double.NaN
        : numerator.applyAsDouble(variant) / denominator.applyAsDouble(bare);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Median alone. */
  String brief() {
    return Double.isNaN(median) ? "-" : String.format(Locale.ROOT, "%.3f", median);
  }

  /** Median with least and most. */
  @Override
  public String toString() {
    return Double.isNaN(median)
        ? "-"
        : String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", median, least, most);
  }
}
