package dev.heaplight.viewer.budget;

import dev.heaplight.format.RecordingHeader;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a recording keeps a budget.
 *
 * @param file the recording; of several, what they are called together
 * @param recordings how many recordings were added up
 * @param header what the recording says of itself
 * @param budget the budget
 * @param outcome whether it is kept
 * @param grounds what is known of the metric's bytes
 * @param bytes what there is of the metric; 0 when that is not known
 * @param culprits of an exceeded budget, the stacks with most of it, the largest first
 */
public record Verdict(
    Path file,
    int recordings,
    RecordingHeader header,
    Budget budget,
    Outcome outcome,
    Grounds grounds,
    long bytes,
    List<Culprit> culprits) {

  /** Whether a budget is kept. */
  public enum Outcome {
    /** There is no more than the budget allows. */
    KEPT,
    /** There is more. */
    EXCEEDED,
    /** The recording does not tell: there may be more. */
    UNKNOWN
  }

  /** Copies {@code culprits}. */
  public Verdict {
    culprits = List.copyOf(culprits);
  }
}
