package dev.heaplight.viewer.model;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording seen through one metric: what sites, trees and graphs are made of.
 *
 * @param model the recording
 * @param metric the metric
 * @param totals the metric's objects and bytes by stack, class and thread
 * @param moment when and on what grounds the figures were taken; null for those of the whole scope
 */
public record MetricView(
    RecordingModel model, Metric metric, AllocationTotals totals, @Nullable LiveHeader moment) {

  /** What {@code model} allocated, which every recording knows. */
  public static MetricView allocated(RecordingModel model) {
    return new MetricView(model, Metric.ALLOCATED, model.totals(), null);
  }

  /** The view of {@code model} through {@code metric}; empty if the recording does not know it. */
  public static Optional<MetricView> of(RecordingModel model, Metric metric) {
    return switch (metric) {
      case ALLOCATED -> Optional.of(allocated(model));
      case PEAK -> live(model, metric, LiveKind.PEAK);
      case SURVIVING -> live(model, metric, LiveKind.SURVIVORS);
      case TEMPORARY -> live(model, metric, LiveKind.TEMPORARY);
      case OFF_HEAP -> model.offHeap().map(all -> whole(model, metric, all.taken()));
      case OFF_HEAP_LIVE -> model.offHeap().map(all -> whole(model, metric, all.live()));
    };
  }

  private static Optional<MetricView> live(RecordingModel model, Metric metric, LiveKind kind) {
    return model
        .live(kind)
        .map(live -> new MetricView(model, metric, live.totals(), live.header()));
  }

  private static MetricView whole(RecordingModel model, Metric metric, AllocationTotals totals) {
    return new MetricView(model, metric, totals, null);
  }
}
