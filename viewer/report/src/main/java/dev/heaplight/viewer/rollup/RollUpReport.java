package dev.heaplight.viewer.rollup;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.TextTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A roll-up as a table for a terminal or as JSON. */
public final class RollUpReport {
  private static final double MEDIAN = 0.5;
  private static final double HIGH = 0.95;

  private final List<RollUpGroup> groups;
  private final RollUpGroup total;

  /** A report of {@code rollUp} in that order. */
  public RollUpReport(RollUp rollUp, RollUpOrder order) {
    groups = rollUp.groups().stream().sorted(order.comparator()).toList();
    total = rollUp.total();
  }

  /**
   * Writes a table, its last row of all; peaks and survivors that no recording knows are a dash.
   */
  public void writeText(Appendable out) throws IOException {
    TextTable table =
        new TextTable(
            "SCOPE",
            "KIND",
            ">CALLS",
            ">TOTAL",
            ">MAX",
            ">PEAK P50",
            ">PEAK P95",
            ">PEAK MAX",
            ">SURVIVING");
    for (RollUpGroup group : groups) {
      row(table, group.name(), group);
    }
    row(table, "(all)", total);
    table.write(out);
    out.append('\n').append(Figures.count(total.recordings()));
    out.append(total.recordings() == 1 ? " recording, " : " recordings, ");
    out.append(Figures.bytes(total.allocatedBytes())).append(" (");
    out.append(Figures.count(total.allocatedBytes())).append(" bytes) in ");
    out.append(Figures.count(total.allocatedObjects())).append(" objects allocated\n");
    note(out, total.incomplete(), "did not end cleanly");
    note(out, total.recordings() - total.peaksKnown(), "hold no peak");
    note(out, total.peakUpperBounds(), "saw no garbage collection: their peak is an upper bound");
    note(out, total.recordings() - total.survivorsKnown(), "do not know what they left alive");
    note(
        out,
        total.survivorUpperBounds(),
        "saw none after their end: what they left alive is an upper bound");
  }

  private static void note(Appendable out, int recordings, String what) throws IOException {
    if (recordings > 0) {
      out.append(Figures.count(recordings)).append(" of them ").append(what).append('\n');
    }
  }

  private static void row(TextTable table, String name, RollUpGroup group) {
    table.row(
        name,
        group.kind(),
        Figures.count(group.recordings()),
        Figures.bytes(group.allocatedBytes()),
        Figures.bytes(group.maxAllocatedBytes()),
        known(group.peakBytes(MEDIAN)),
        known(group.peakBytes(HIGH)),
        known(group.peakBytes(1)),
        known(group.survivingBytes()));
  }

  private static String known(long bytes) {
    return bytes == Progress.UNKNOWN ? "-" : Figures.bytes(bytes);
  }

  /** Writes one JSON object; keys are documented with the command. */
  public void writeJson(Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{').name("total").open('{');
    figures(json, total);
    json.close('}').name("scopes").open('[');
    for (RollUpGroup group : groups) {
      json.open('{').name("name").value(group.name()).name("kind").value(group.kind());
      figures(json, group);
      json.close('}');
    }
    json.close(']').close('}');
    out.append('\n');
  }

  private static void figures(JsonWriter json, RollUpGroup group) throws IOException {
    json.name("calls").value(group.recordings());
    json.name("incomplete").value(group.incomplete());
    json.name("allocatedBytes").value(group.allocatedBytes());
    json.name("allocatedObjects").value(group.allocatedObjects());
    json.name("maxAllocatedBytes").value(group.maxAllocatedBytes());
    json.name("peaksKnown").value(group.peaksKnown());
    json.name("peakUpperBounds").value(group.peakUpperBounds());
    json.name("p50PeakBytes").value(orNull(group.peakBytes(MEDIAN)));
    json.name("p95PeakBytes").value(orNull(group.peakBytes(HIGH)));
    json.name("maxPeakBytes").value(orNull(group.peakBytes(1)));
    json.name("survivorsKnown").value(group.survivorsKnown());
    json.name("survivorUpperBounds").value(group.survivorUpperBounds());
    json.name("survivingBytes").value(orNull(group.survivingBytes()));
    json.name("offHeapBytes").value(group.offHeapBytes());
    json.name("durationMillis").value(group.durationMillis());
  }

  private static @Nullable Object orNull(long bytes) {
    return bytes == Progress.UNKNOWN ? null : (Object) bytes;
  }
}
