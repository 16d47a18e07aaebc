package dev.heaplight.viewer.rollup;

import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.util.List;

/** A roll-up as a table for a terminal or as JSON. */
public final class RollUpReport {
  private static final String ROW = "%7s  %10s  %10s  %10s  %10s  %10s  %10s  %s\n";

  private final List<RollUpGroup> groups;

  /** A report of {@code rollUp} in that order. */
  public RollUpReport(RollUp rollUp, RollUpOrder order) {
    groups = rollUp.groups().stream().sorted(order.comparator()).toList();
  }

  /** Writes a table; peaks and survivors that no recording knows are a dash. */
  public void writeText(Appendable out) throws IOException {
    out.append(
        String.format(
            ROW,
            "calls",
            "total",
            "max",
            "p50 peak",
            "p95 peak",
            "max peak",
            "surviving",
            "scope"));
    long recordings = 0;
    long bytes = 0;
    int incomplete = 0;
    for (RollUpGroup group : groups) {
      recordings += group.recordings();
      bytes += group.allocatedBytes();
      incomplete += group.incomplete();
      out.append(
          String.format(
              ROW,
              Figures.count(group.recordings()),
              Figures.bytes(group.allocatedBytes()),
              Figures.bytes(group.maxAllocatedBytes()),
              peak(group, 0.5),
              peak(group, 0.95),
              peak(group, 1),
              group.peaksKnown() == 0 ? "-" : Figures.bytes(group.survivingBytes()),
              PlainText.oneLine(group.name() + " (" + group.kind() + ")")));
    }
    out.append('\n').append(Figures.count(recordings)).append(" recordings, ");
    out.append(Figures.bytes(bytes)).append(" (").append(Figures.count(bytes));
    out.append(" bytes) allocated");
    if (incomplete > 0) {
      out.append("; ").append(Figures.count(incomplete)).append(" did not end cleanly");
    }
    out.append('\n');
  }

  private static String peak(RollUpGroup group, double share) {
    return group.peaksKnown() == 0 ? "-" : Figures.bytes(group.peakBytes(share));
  }

  /** Writes one JSON object; keys are documented with the command. */
  public void writeJson(Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{').name("scopes").open('[');
    for (RollUpGroup group : groups) {
      boolean known = group.peaksKnown() > 0;
      json.open('{').name("name").value(group.name()).name("kind").value(group.kind());
      json.name("calls").value(group.recordings());
      json.name("incomplete").value(group.incomplete());
      json.name("allocatedBytes").value(group.allocatedBytes());
      json.name("maxAllocatedBytes").value(group.maxAllocatedBytes());
      json.name("peaksKnown").value(group.peaksKnown());
      json.name("p50PeakBytes").value(known ? (Object) group.peakBytes(0.5) : null);
      json.name("p95PeakBytes").value(known ? (Object) group.peakBytes(0.95) : null);
      json.name("maxPeakBytes").value(known ? (Object) group.peakBytes(1) : null);
      json.name("survivingBytes").value(known ? (Object) group.survivingBytes() : null);
      json.name("offHeapBytes").value(group.offHeapBytes());
      json.name("durationMillis").value(group.durationMillis()).close('}');
    }
    json.close(']').close('}');
    out.append('\n');
  }
}
