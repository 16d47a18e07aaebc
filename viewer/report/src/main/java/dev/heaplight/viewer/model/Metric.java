package dev.heaplight.viewer.model;

import java.util.Locale;

/** Which of a recording's figures a report is about. */
public enum Metric {
  /** Everything the scope allocated; every recording has it. */
  ALLOCATED(
      "allocated",
      "all allocations",
      "Nothing was recorded: the scope has allocated nothing so far."),
  /** What was alive after the collection at which the scope's live bytes were highest. */
  PEAK("live at peak", "all live at peak", "Nothing of the scope was alive at its peak."),
  /** What the scope left alive. */
  SURVIVING("surviving", "all survivors", "Nothing of the scope survived."),
  /** What was dead by the next collection. */
  TEMPORARY("temporary", "all temporary objects", "Nothing of the scope was temporary."),
  /** What was taken outside the heap, given back or not. */
  OFF_HEAP(
      "taken off-heap", "all memory taken off-heap", "The scope took no memory outside the heap."),
  /** What was taken outside the heap and not given back. */
  OFF_HEAP_LIVE(
      "held off-heap", "all memory held off-heap", "The scope holds no memory outside the heap.");

  private final String words;
  private final String root;
  private final String nothing;

  Metric(String words, String root, String nothing) {
    this.words = words;
    this.root = root;
    this.nothing = nothing;
  }

  /** Name on a command line and in JSON: {@code off-heap}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What bytes of this metric are, behind a figure: 3 MiB <i>live at peak</i>. */
  public String words() {
    return words;
  }

  /** The same as a heading: <i>Live at peak</i>. */
  public String heading() {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Name of the root of a tree of this metric. */
  public String root() {
    return root;
  }

  /** A sentence for a report without any bytes of this metric. */
  public String nothing() {
    return nothing;
  }
}
