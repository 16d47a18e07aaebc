package dev.heaplight.viewer.budget;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.model.LiveComposition;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.RecordingModel;

/** What a recording's bytes of a metric are worth. */
public enum Grounds {
  /** They are what there was. */
  KNOWN("", ""),
  /** No garbage collection ran, so that nothing was found dead: there was no more. */
  NO_COLLECTION(
      "an upper bound, since no garbage collection ran in it", "let one run before it ends"),
  /** No garbage collection was seen after the scope's end: what it left alive is no more. */
  NO_COLLECTION_AFTER(
      "an upper bound, since no garbage collection was seen after its end",
      "open it with collectOnClose() or let the worker run on"),
  /** The recording does not have the metric. */
  MISSING("", "record without live=off and let it end"),
  /** Another recorder's file does not have the metric. */
  MISSING_IN_JFR("", "record with the agent");

  private final String words;
  private final String remedy;

  Grounds(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /** What the bytes of {@code metric} in {@code model} are worth. */
  static Grounds of(RecordingModel model, Metric metric) {
    boolean jfr = model.header().mode().equals("jfr");
    return switch (metric) {
      case ALLOCATED -> KNOWN;
      case PEAK -> model.live(LiveKind.PEAK).map(Grounds::ofPeak).orElse(missing(jfr));
      case SURVIVING ->
          model.live(LiveKind.SURVIVORS).map(Grounds::ofSurvivors).orElse(missing(jfr));
      // Before a collection nothing is known to be temporary, which is no bound at all.
      case TEMPORARY ->
          model
              .live(LiveKind.TEMPORARY)
              .map(LiveComposition::header)
              .map(LiveHeader::collection)
              .filter(collection -> collection != 0)
              .map(collection -> KNOWN)
              .orElse(missing(jfr));
      // The agent follows all memory off-heap: a recording without any took none.
      case OFF_HEAP, OFF_HEAP_LIVE -> jfr && model.offHeap().isEmpty() ? MISSING_IN_JFR : KNOWN;
    };
  }

  private static Grounds ofPeak(LiveComposition peak) {
    return peak.isUpperBound() ? NO_COLLECTION : KNOWN;
  }

  /** A composition that was not taken at a collection has what had died since the last one. */
  private static Grounds ofSurvivors(LiveComposition survivors) {
    return survivors.header().collector().isEmpty() ? NO_COLLECTION_AFTER : KNOWN;
  }

  private static Grounds missing(boolean jfr) {
    return jfr ? MISSING_IN_JFR : MISSING;
  }

  /** Whether there is a figure, exact or a bound. */
  public boolean hasFigure() {
    return this != MISSING && this != MISSING_IN_JFR;
  }

  /** Whether the figure is an upper bound. */
  public boolean isUpperBound() {
    return this == NO_COLLECTION || this == NO_COLLECTION_AFTER;
  }

  /** Of an upper bound, that it is one and why. */
  String words() {
    return words;
  }

  /** What makes the figure known. */
  String remedy() {
    return remedy;
  }
}
