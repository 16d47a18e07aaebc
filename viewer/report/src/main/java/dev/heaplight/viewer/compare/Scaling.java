package dev.heaplight.viewer.compare;

import dev.heaplight.viewer.model.MetricView;

/** What the base's figures are multiplied by before they are compared. */
public enum Scaling {
  /** They are compared as they are. */
  NONE,
  /** So that both totals are equal: shows what takes a larger share, not what is more. */
  TOTAL,
  /** So that both have equally many recordings: shows what an operation needs. */
  RECORDINGS;

  /** The factor; 1 where the base has nothing that could be scaled. */
  double factor(MetricView base, MetricView next) {
    return switch (this) {
      case NONE -> 1;
      case TOTAL -> ratio(next.totals().totalBytes(), base.totals().totalBytes());
      case RECORDINGS -> ratio(next.model().recordings(), base.model().recordings());
    };
  }

  /** What was done, as a sentence's end; empty when nothing was. */
  String words() {
    return switch (this) {
      case NONE -> "";
      case TOTAL -> "so that both totals are equal";
      case RECORDINGS -> "for as many recordings";
    };
  }

  private static double ratio(long next, long base) {
    return base == 0 || next == 0 ? 1 : (double) next / base;
  }
}
