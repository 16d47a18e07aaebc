package dev.heaplight.viewer.model;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording seen through one metric: what sites, trees and graphs are made of.
 *
 * @param model the recording
 * @param metric the metric
 * @param selection which allocations {@code totals} holds
 * @param totals the metric's objects and bytes by stack, class and thread
 * @param moment when and on what grounds the figures were taken; null for those of the whole scope
 *     and those of several recordings
 * @param shape how trees of this view are built
 */
public record MetricView(
    RecordingModel model,
    Metric metric,
    Selection selection,
    AllocationTotals totals,
    @Nullable LiveHeader moment,
    TreeShape shape) {

  /** What {@code model} allocated, which every recording knows. */
  public static MetricView allocated(RecordingModel model) {
    return whole(model, Metric.ALLOCATED, model.totals());
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

  /** A view of {@code model} that shows nothing. */
  public static MetricView nothing(RecordingModel model, Metric metric) {
    return whole(model, metric, new AllocationTotals());
  }

  /** This view, of {@code selection} only; a view is selected from once. */
  public MetricView select(Selection selection) {
    return new MetricView(
        model, metric, selection, selection.of(totals, model.dictionary()), moment, shape);
  }

  /** What every report must say next to the figures: the model's caveats and the selection. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>(model.caveats());
    for (String words : selection.words()) {
      caveats.add("Only " + words + ".");
    }
    return caveats;
  }

  /** This view with trees of another shape. */
  public MetricView shaped(TreeShape shape) {
    return new MetricView(model, metric, selection, totals, moment, shape);
  }

  /** All metrics that {@code model} knows, of what {@code selection} leaves. */
  public static List<MetricView> all(RecordingModel model, Selection selection) {
    List<MetricView> views = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      of(model, metric).ifPresent(view -> views.add(view.select(selection)));
    }
    return views;
  }

  /** This view with the numbers of a dictionary that it shares with others. */
  public MetricView in(Renumbering numbers, Dictionary shared) {
    return new MetricView(
        model.in(shared), metric, selection, numbers.totals(totals), moment, shape);
  }

  /** This view with the figures of all threads in one row. */
  MetricView acrossThreads() {
    return new MetricView(model, metric, selection, totals.acrossThreads(), moment, shape);
  }

  private static Optional<MetricView> live(RecordingModel model, Metric metric, LiveKind kind) {
    return model
        .live(kind)
        .map(
            live ->
                new MetricView(
                    model,
                    metric,
                    Selection.ALL,
                    live.totals(),
                    model.recordings() == 1 ? live.header() : null,
                    TreeShape.PLAIN));
  }

  private static MetricView whole(RecordingModel model, Metric metric, AllocationTotals totals) {
    return new MetricView(model, metric, Selection.ALL, totals, null, TreeShape.PLAIN);
  }
}
