package dev.heaplight.viewer.compare;

import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A comparison as text for a terminal or as JSON. */
public final class ComparisonReport {
  private static final int FRAMES_SHOWN = 12;

  private final Comparison comparison;
  private final int top;

  /**
   * A report of {@code comparison}.
   *
   * @param top how many stacks that grew, and how many that shrank, are listed at most
   */
  public ComparisonReport(Comparison comparison, int top) {
    this.comparison = comparison;
    this.top = top;
  }

  /** Writes totals, and the stacks with the largest growth and the largest loss. */
  public void writeText(Appendable out) throws IOException {
    long base = comparison.base().totals().totalBytes();
    long now = comparison.now().totals().totalBytes();
    out.append("Bytes ").append(comparison.now().metric().words()).append('\n');
    out.append("  base  ").append(exact(base)).append('\n');
    out.append("  new   ").append(exact(now)).append('\n');
    out.append("  more  ").append(signed(now - base)).append('\n');
    if (comparison.scale() != 1) {
      out.append(
          String.format(
              Locale.ROOT,
              "Figures of the base are multiplied by %.4f, so that both have the same total.%n",
              comparison.scale()));
    }
    List<Change> changes = comparison.changes();
    List<Change> grown = changes.stream().filter(change -> change.bytes() > 0).toList();
    List<Change> shrunk = new ArrayList<>(changes);
    shrunk.removeIf(change -> change.bytes() >= 0);
    Collections.reverse(shrunk);
    section(out, "Grew", grown);
    section(out, "Shrank", shrunk);
    if (changes.isEmpty()) {
      out.append("\nNothing changed.\n");
    }
  }

  private void section(Appendable out, String title, List<Change> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    out.append('\n').append(title).append('\n');
    for (Change change : changes.subList(0, Math.min(top, changes.size()))) {
      out.append(
          String.format(
              "%12s  %s%s%n",
              signed(change.bytes()), PlainText.oneLine(change.className()), kind(change)));
      int shown = Math.min(FRAMES_SHOWN, change.frames().size());
      for (String frame : change.frames().subList(0, shown)) {
        out.append("              at ").append(PlainText.oneLine(frame)).append('\n');
      }
      if (shown < change.frames().size()) {
        out.append("              ... " + (change.frames().size() - shown) + " more frames\n");
      }
    }
    if (changes.size() > top) {
      long rest = changes.stream().skip(top).mapToLong(Change::bytes).sum();
      out.append(
          "  and " + Figures.count(changes.size() - top) + " more stacks, " + signed(rest) + "\n");
    }
  }

  private static String kind(Change change) {
    if (change.baseBytes() == 0) {
      return ", new";
    }
    if (change.newBytes() == 0) {
      return ", gone";
    }
    return ", " + Figures.bytes(change.baseBytes()) + " before";
  }

  private static String exact(long bytes) {
    return Figures.bytes(bytes) + " (" + Figures.count(bytes) + " bytes)";
  }

  private static String signed(long bytes) {
    return (bytes < 0 ? "-" : "+") + Figures.bytes(Math.abs(bytes));
  }

  /** Writes one JSON object with the first {@code top} of each direction. */
  public void writeJson(Appendable out) throws IOException {
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("metric").value(comparison.now().metric().key());
    json.name("baseBytes").value(comparison.base().totals().totalBytes());
    json.name("newBytes").value(comparison.now().totals().totalBytes());
    json.name("scale").value((Object) comparison.scale());
    json.name("changedStacks").value(comparison.changes().size());
    json.name("changes").open('[');
    List<Change> changes = comparison.changes();
    for (int i = 0; i < changes.size(); i++) {
      if (i >= top && i < changes.size() - top) {
        continue;
      }
      Change change = changes.get(i);
      json.open('{').name("class").value(change.className());
      json.name("baseBytes").value(change.baseBytes());
      json.name("newBytes").value(change.newBytes());
      json.name("baseObjects").value(change.baseObjects());
      json.name("newObjects").value(change.newObjects());
      json.name("frames").open('[');
      for (String frame : change.frames()) {
        json.value(frame);
      }
      json.close(']').close('}');
    }
    json.close(']').close('}');
    out.append('\n');
  }
}
