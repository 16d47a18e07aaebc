package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.flamegraph.FlameLabel.Kind;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.StackTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What a page holds, as columns: see docs/FORMAT.md, "Data of a page". */
final class PageContent {
  /** Figures of one metric. */
  record MetricParts(String key, MetricView view, PageParts parts) {}

  private static final String BEFORE = "-before";

  private final List<FlameLabel> labels;
  private final int rootLabel;
  private final int foldedLabel;
  private final List<String> threads;
  private final List<Integer> threadLabels;
  private final int stackCount;
  private final IntUnaryOperator stackParent;
  private final IntUnaryOperator stackLabel;
  private final int[] rowStacks;
  private final int[] rowClasses;
  private final int[] rowThreads;
  private final List<MetricParts> metrics = new ArrayList<>();

  /** Everything, by the rows of {@code united}. */
  private PageContent(MetricView view, UnitedMetrics united, int after) {
    FlameLabels names = new FlameLabels(view.model().dictionary());
    rootLabel = names.add(FlameLabel.marker(Kind.ROOT, "all"));
    foldedLabel = names.add(FlameLabel.marker(Kind.MARKER, FlameGraph.FOLDED));
    PageRows rows = new PageRows(united, view, names);
    labels = names.labels();
    threads = rows.threads();
    threadLabels = rows.threadLabels();
    StackTree stacks = rows.stacks();
    stackCount = stacks.size();
    stackParent = stacks::parent;
    stackLabel = stack -> stack == CallTree.ROOT ? rootLabel : stacks.label(stack);
    rowStacks = rows.stackColumn();
    rowClasses = rows.classColumn();
    rowThreads = rows.threadColumn();
    for (MetricView its : united.views()) {
      String key = its.metric().key() + (metrics.size() < after ? "" : BEFORE);
      metrics.add(new MetricParts(key, its, PageParts.of(its, metrics.isEmpty(), united, rows)));
    }
  }

  /** A part of {@code whole}, in one metric and without threads. */
  PageContent(
      PageContent whole,
      List<FlameLabel> labels,
      int[] stackParents,
      int[] stackLabels,
      int[] rowStacks,
      int[] rowClasses,
      MetricParts metric) {
    this.labels = labels;
    rootLabel = whole.rootLabel;
    foldedLabel = whole.foldedLabel;
    threads = List.of("");
    threadLabels = List.of(rootLabel);
    stackCount = stackParents.length;
    stackParent = stack -> stackParents[stack];
    stackLabel = stack -> stackLabels[stack];
    this.rowStacks = rowStacks;
    this.rowClasses = rowClasses;
    rowThreads = new int[rowStacks.length];
    metrics.add(metric);
  }

  /**
   * All metrics of one recording, or of two to compare, which then speak the same dictionary.
   *
   * @param view what the page shows first
   * @param after all metrics of the recording
   * @param before all metrics of what it is compared with; empty when it is not
   */
  static PageContent of(MetricView view, List<MetricView> after, List<MetricView> before) {
    List<MetricView> all = new ArrayList<>(after);
    all.addAll(before);
    return new PageContent(view, UnitedMetrics.of(all), after.size());
  }

  List<FlameLabel> labels() {
    return labels;
  }

  int rootLabel() {
    return rootLabel;
  }

  /** Label of what stands in for smaller frames. */
  int foldedLabel() {
    return foldedLabel;
  }

  List<String> threads() {
    return threads;
  }

  List<Integer> threadLabels() {
    return threadLabels;
  }

  int stackCount() {
    return stackCount;
  }

  /** Caller of a stack, which has a smaller number; stack 0 has no frame and calls itself. */
  int stackParent(int stack) {
    return stackParent.applyAsInt(stack);
  }

  int stackLabel(int stack) {
    return stackLabel.applyAsInt(stack);
  }

  int[] rowStacks() {
    return rowStacks;
  }

  int[] rowClasses() {
    return rowClasses;
  }

  int[] rowThreads() {
    return rowThreads;
  }

  List<MetricParts> metrics() {
    return metrics;
  }
}
