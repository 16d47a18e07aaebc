package dev.heaplight.viewer.compare;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import dev.heaplight.viewer.text.StackText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Changes as plain text for a terminal. */
public final class ChangesText {
  private static final int FRAMES = 6;

  private final Changes changes;
  private final Comparison comparison;
  private final String rowNoun;
  private final Appendable out;

  private ChangesText(Changes changes, String rowNoun, Appendable out) {
    this.changes = changes;
    this.comparison = changes.comparison();
    this.rowNoun = rowNoun;
    this.out = out;
  }

  /**
   * Writes {@code changes}, several lines.
   *
   * @param rowNoun what a row is: {@code stack} or {@code site}
   * @param top how many changes of each kind to list at most
   */
  public static void write(Changes changes, String rowNoun, int top, Appendable out)
      throws IOException {
    ChangesText text = new ChangesText(changes, rowNoun, out);
    text.totals();
    for (ChangeKind kind : changes.kinds()) {
      text.section(kind, changes.of(kind), top);
    }
    MetricView base = text.comparison.base();
    MetricView next = text.comparison.next();
    text.caveats(" (base)", ComparisonCaveats.of(base));
    text.caveats(" (new)", ComparisonCaveats.of(next));
    text.caveats("", ComparisonCaveats.ofBoth(base, next));
  }

  private void totals() throws IOException {
    MetricView base = comparison.base();
    MetricView next = comparison.next();
    long baseBytes = base.totals().totalBytes();
    long newBytes = next.totals().totalBytes();
    out.append("Bytes ").append(base.metric().words()).append('\n');
    total("Base", base);
    total("New", next);
    out.append(String.format("%-7s", "Change")).append(signed(newBytes - baseBytes));
    out.append(relative(baseBytes, newBytes));
    long objects = next.totals().totalObjects() - base.totals().totalObjects();
    out.append(" in " + (objects < 0 ? "" : "+") + Figures.count(objects) + " objects\n");
    if (comparison.factor() != 1) {
      out.append(
          String.format(
              Locale.ROOT,
              "Below, the base's figures are multiplied by %.4g %s.\n",
              comparison.factor(),
              comparison.scaling().words()));
    }
    if (changes.all().isEmpty()) {
      out.append("\nNo ").append(rowNoun).append(" differs.\n");
    }
  }

  private void total(String name, MetricView view) throws IOException {
    RecordingModel model = view.model();
    long bytes = view.totals().totalBytes();
    out.append(String.format("%-7s", name))
        .append(Figures.bytes(bytes))
        .append(" (" + Figures.count(bytes) + " bytes) in ")
        .append(Figures.count(view.totals().totalObjects()) + " objects, ")
        .append(model.recordings() == 1 ? "1 recording" : model.recordings() + " recordings")
        .append(": ")
        .append(PlainText.oneLine(model.file().toString()))
        .append('\n');
  }

  private void section(ChangeKind kind, List<Change> found, int top) throws IOException {
    long bytes = found.stream().mapToLong(Change::grownBytes).sum();
    out.append('\n')
        .append(kind.heading() + ": " + Figures.count(found.size()) + " " + rowNoun)
        .append(found.size() == 1 ? "" : "s")
        .append(", " + signed(bytes) + "\n");
    Dictionary dictionary = comparison.dictionary();
    for (Change change : found.subList(0, Math.min(top, found.size()))) {
      out.append(String.format("%11s", signed(change.grownBytes())))
          .append("  " + Figures.bytes(change.baseBytes()))
          .append(" -> " + Figures.bytes(change.newBytes()))
          .append(relative(change.baseBytes(), change.newBytes()))
          .append(", " + objects(change))
          .append("  " + PlainText.oneLine(dictionary.string(change.className())))
          .append('\n');
      String lead = "at ";
      for (String line : StackText.lines(dictionary, change.stack(), FRAMES)) {
        out.append(String.format("%16s", lead)).append(line).append('\n');
        lead = "";
      }
    }
    int rest = found.size() - Math.min(top, found.size());
    if (rest > 0) {
      out.append("             ... " + Figures.count(rest) + " more; --top shows them\n");
    }
  }

  private static String objects(Change change) {
    return (change.grownObjects() < 0 ? "" : "+")
        + Figures.count(change.grownObjects())
        + (Math.abs(change.grownObjects()) == 1 ? " object" : " objects");
  }

  private void caveats(String side, List<String> caveats) throws IOException {
    for (String caveat : caveats) {
      out.append("\nCaveat" + side + ": ").append(PlainText.oneLine(caveat)).append('\n');
    }
  }

  private static String signed(long bytes) {
    return (bytes < 0 ? "-" : "+") + Figures.bytes(Math.abs(bytes));
  }

  /** How much more in percent, where there was something before and still is. */
  private static String relative(long before, long after) {
    return before == 0 || after == 0 || before == after
        ? ""
        : String.format(Locale.ROOT, " (%+.1f %%)", (after - before) * 100.0 / before);
  }
}
