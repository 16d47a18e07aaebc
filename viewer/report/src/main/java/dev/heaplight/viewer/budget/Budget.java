package dev.heaplight.viewer.budget;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import java.util.List;

/**
 * The most a recording may have of a metric.
 *
 * @param metric the metric
 * @param limitBytes the most bytes; as many are within the budget
 */
public record Budget(Metric metric, long limitBytes) {
  /** Stacks that a verdict names. */
  private static final int CULPRITS = 3;

  /**
   * Whether {@code selection} of {@code model} keeps the budget. An upper bound within it shows
   * that it is kept; one above it shows nothing.
   */
  public Verdict check(RecordingModel model, Selection selection) {
    Grounds grounds = Grounds.of(model, metric);
    if (!grounds.hasFigure()) {
      return verdict(model, Verdict.Outcome.UNKNOWN, grounds, 0, List.of());
    }
    MetricView view = MetricView.of(model, metric).map(all -> all.select(selection)).orElse(null);
    long bytes = view == null ? 0 : view.totals().totalBytes();
    if (view == null || bytes <= limitBytes) {
      return verdict(model, Verdict.Outcome.KEPT, grounds, bytes, List.of());
    }
    return grounds.isUpperBound()
        ? verdict(model, Verdict.Outcome.UNKNOWN, grounds, bytes, List.of())
        : verdict(model, Verdict.Outcome.EXCEEDED, grounds, bytes, Culprit.largest(view, CULPRITS));
  }

  private Verdict verdict(
      RecordingModel model,
      Verdict.Outcome outcome,
      Grounds grounds,
      long bytes,
      List<Culprit> culprits) {
    return new Verdict(
        model.file(), model.recordings(), model.header(), this, outcome, grounds, bytes, culprits);
  }
}
