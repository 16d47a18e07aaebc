package dev.heaplight.viewer.calls;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;

/** A call tree as plain text, a line for each row. */
public final class CallText {
  private CallText() {}

  /**
   * Writes every row of {@code outline}, then what must be said beside it.
   *
   * @param exact whether bytes are whole numbers in place of rounded ones
   */
  public static void write(CallOutline outline, MetricView view, boolean exact, Appendable out)
      throws IOException {
    int width = exact ? Math.max(5, Figures.count(outline.bytes(0)).length()) : 8;
    int objectsWidth = Math.max(7, Figures.count(outline.objects(0)).length());
    String heading = view.metric().heading();
    String format = "%" + width + "s  %7s  %" + objectsWidth + "s  ";
    out.append(String.format(format, "Bytes", "Share", "Objects")).append(heading).append('\n');
    for (int row = 0; row < outline.size(); row++) {
      long bytes = outline.bytes(row);
      out.append(
          String.format(
              format,
              exact ? Figures.count(bytes) : Figures.bytes(bytes),
              Figures.percent(outline.share(row)),
              Figures.count(outline.objects(row))));
      out.append(outline.rails(row)).append(PlainText.oneLine(outline.text(row))).append('\n');
    }
    if (view.totals().rows() == 0) {
      out.append('\n').append(view.metric().nothing()).append('\n');
    }
    for (String caveat : view.caveats()) {
      out.append("\nCaveat: ").append(PlainText.oneLine(caveat)).append('\n');
    }
  }
}
