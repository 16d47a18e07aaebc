package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.rollup.Outline;
import java.util.ArrayList;
import java.util.List;

/** What the recordings of one name and kind needed. */
final class TaskFigures {
  private static final double USUAL = 0.95;

  private final String name;
  private final String kind;
  private final List<Span> spans = new ArrayList<>();
  private final List<Long> peaks = new ArrayList<>();
  private long leftBytes;
  private int leftKnown;
  private int upperBounds;
  private int incomplete;

  TaskFigures(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  void add(Outline outline) {
    Span span = Span.of(outline);
    spans.add(span);
    incomplete += outline.complete() ? 0 : 1;
    Outline.Live peak = outline.peak();
    if (peak != null) {
      peaks.add(span.peakBytes());
      upperBounds += peak.upperBound() ? 1 : 0;
    }
    Outline.Live survivors = outline.survivors();
    if (outline.complete() && survivors != null && survivors.atCollection()) {
      leftKnown++;
      leftBytes += survivors.bytes();
    }
  }

  List<Span> spans() {
    return spans;
  }

  TaskAdvice advice(long roomBytes) {
    List<Long> sorted = peaks.stream().sorted().toList();
    int known = sorted.size();
    long largest = known == 0 ? Progress.UNKNOWN : sorted.get(known - 1);
    return new TaskAdvice(
        name,
        kind,
        spans.size(),
        known,
        upperBounds,
        incomplete,
        largest,
        known == 0 ? Progress.UNKNOWN : sorted.get((int) Math.ceil(USUAL * known) - 1),
        leftKnown == 0 ? Progress.UNKNOWN : leftBytes / leftKnown,
        Concurrency.of(spans).recordings(),
        largest <= 0 ? Progress.UNKNOWN : roomBytes / largest);
  }
}
