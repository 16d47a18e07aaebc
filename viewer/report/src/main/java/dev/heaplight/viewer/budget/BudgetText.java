package dev.heaplight.viewer.budget;

import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;

/** Verdicts on budgets in words. */
public final class BudgetText {
  private BudgetText() {}

  /** Writes a line for an exceeded budget, and the stacks that took most. */
  public static void exceeded(Verdict verdict, Appendable out) throws IOException {
    out.append(
        PlainText.oneLine(
            "exceeded: "
                + what(verdict)
                + ": "
                + exact(verdict.bytes())
                + " "
                + verdict.budget().metric().words()
                + ", budget "
                + Figures.bytes(verdict.budget().limitBytes())));
    out.append('\n');
    for (Culprit culprit : verdict.culprits()) {
      out.append("  ").append(Figures.bytes(culprit.bytes())).append(", ");
      out.append(Figures.percent(culprit.share())).append(": ");
      out.append(PlainText.oneLine(culprit.className())).append('\n');
      for (String frame : culprit.frames()) {
        out.append("    at ").append(PlainText.oneLine(frame)).append('\n');
      }
    }
  }

  /** The recording, or how many recordings they are, and the scope's name. */
  public static String what(Verdict verdict) {
    return verdict.file()
        + ": "
        + (verdict.recordings() == 1
            ? verdict.header().name()
            : Figures.count(verdict.recordings()) + " recordings together");
  }

  /** Why a budget cannot be shown to hold. */
  public static String why(Verdict verdict) {
    String metric = verdict.budget().metric().key();
    return switch (verdict.grounds()) {
      case MISSING -> "it has no " + metric + " figures";
      case MISSING_IN_JFR -> "it has no " + metric + " figures, being a .jfr file";
      default ->
          exact(verdict.bytes())
              + " "
              + verdict.budget().metric().words()
              + " are "
              + verdict.grounds().words();
    };
  }

  /** That recordings keep a budget by a bound of what there may have been. */
  public static String keptByUpperBound(Budget budget, Grounds grounds, long recordings) {
    return Figures.count(recordings)
        + (recordings == 1 ? " figure" : " figures")
        + " of bytes "
        + budget.metric().words()
        + (recordings == 1 ? " is " : " are each ")
        + grounds.words();
  }

  /** What makes it possible to tell. */
  public static String remedy(Verdict verdict) {
    return verdict.grounds().remedy();
  }

  private static String exact(long bytes) {
    return Figures.bytes(bytes) + " (" + Figures.count(bytes) + " bytes)";
  }
}
