package dev.heaplight.viewer.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All metrics a recording has, row by row of the same stack, class and thread: for formats that
 * hold several figures of one stack.
 */
public final class UnitedMetrics {
  private final List<MetricView> views;
  private final AllocationTotals united;

  private UnitedMetrics(List<MetricView> views) {
    this.views = List.copyOf(views);
    // Most rows are in the first one, which has them all but for what live figures alone know.
    united = views.isEmpty() ? new AllocationTotals() : views.get(0).totals().copy();
    for (MetricView view : views.subList(Math.min(1, views.size()), views.size())) {
      for (int row = 0; row < view.totals().rows(); row++) {
        united.addRow(view.totals(), row);
      }
    }
  }

  /** The metrics of {@code model}, of what {@code selection} leaves. */
  public static UnitedMetrics of(RecordingModel model, Selection selection) {
    return new UnitedMetrics(views(model, selection, EnumSet.allOf(Metric.class)));
  }

  /**
   * Those of {@code metrics} that {@code model} has, with one row for each stack and class; its
   * thread number means nothing.
   */
  public static UnitedMetrics acrossThreads(
      RecordingModel model, Selection selection, Set<Metric> metrics) {
    List<MetricView> views = views(model, selection, metrics);
    views.replaceAll(MetricView::acrossThreads);
    return new UnitedMetrics(views);
  }

  private static List<MetricView> views(
      RecordingModel model, Selection selection, Set<Metric> metrics) {
    List<MetricView> views = new ArrayList<>();
    for (Metric metric : metrics) {
      MetricView.of(model, metric).ifPresent(view -> views.add(view.select(selection)));
    }
    return views;
  }

  /** All of {@code views}, which must speak the same dictionary. */
  public static UnitedMetrics of(List<MetricView> views) {
    return new UnitedMetrics(views);
  }

  /** The view of {@code metric}; empty if the recording does not have it. */
  public Optional<MetricView> view(Metric metric) {
    return views.stream().filter(view -> view.metric() == metric).findFirst();
  }

  /** One view of each metric that is known, in {@link Metric}'s order. */
  public List<MetricView> views() {
    return views;
  }

  /** Number of rows; each has a figure other than 0 in one metric at least. */
  public int rows() {
    return united.rows();
  }

  /** Stack number of a row. */
  public int stack(int row) {
    return united.stack(row);
  }

  /** String number of the class, or kind of memory, of a row. */
  public int className(int row) {
    return united.className(row);
  }

  /** Thread number of a row. */
  public int thread(int row) {
    return united.thread(row);
  }

  /** A row's bytes in the metric of {@code view}, one of {@link #views}. */
  public long bytes(MetricView view, int row) {
    int its = find(view, row);
    return its < 0 ? 0 : view.totals().bytes(its);
  }

  /** A row's objects in the metric of {@code view}, one of {@link #views}. */
  public long objects(MetricView view, int row) {
    int its = find(view, row);
    return its < 0 ? 0 : view.totals().objects(its);
  }

  /** The row of these three, or -1 if there is none. */
  public int row(int stack, int className, int thread) {
    return united.find(stack, className, thread);
  }

  private int find(MetricView view, int row) {
    return view.totals().find(united.stack(row), united.className(row), united.thread(row));
  }
}
