package dev.heaplight.viewer.calls;

import dev.heaplight.viewer.calls.FunctionTable.Order;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.util.List;

/** A table of functions as plain text. */
public final class FunctionText {
  /** Number of functions that are listed unless asked otherwise. */
  public static final int TOP = 25;

  private FunctionText() {}

  /**
   * Writes the first functions of {@code view}, and how many more there are.
   *
   * @param top how many functions to list at most
   * @param exact whether bytes are whole numbers in place of rounded ones
   */
  public static void write(MetricView view, Order order, int top, boolean exact, Appendable out)
      throws IOException {
    List<Function> functions = FunctionTable.of(view).sorted(order);
    long all = view.totals().totalBytes();
    int width = exact ? Math.max(9, Figures.count(all).length()) : 9;
    int objects = Math.max(8, Figures.count(view.totals().totalObjects()).length());
    String format = "%" + width + "s  %7s  %" + width + "s  %7s  %" + objects + "s  %s\n";
    out.append(String.format(format, "Own", "Share", "Own+below", "Share", "Objects", "Function"));
    int listed = Math.min(top, functions.size());
    for (Function function : functions.subList(0, listed)) {
      out.append(line(format, function, all, exact, PlainText.oneLine(function.name())));
    }
    if (listed < functions.size()) {
      List<Function> rest = functions.subList(listed, functions.size());
      long bytes = rest.stream().mapToLong(Function::ownBytes).sum();
      out.append(
          String.format(
              format,
              exact ? Figures.count(bytes) : Figures.bytes(bytes),
              share(bytes, all),
              "",
              "",
              Figures.count(rest.stream().mapToLong(Function::ownObjects).sum()),
              "[" + Figures.count(rest.size()) + " more, see --top]"));
    }
    out.append(
        String.format(
            format,
            exact ? Figures.count(all) : Figures.bytes(all),
            share(all, all),
            "",
            "",
            Figures.count(view.totals().totalObjects()),
            "[" + view.metric().root() + "]"));
    if (view.totals().rows() == 0) {
      out.append('\n').append(view.metric().nothing()).append('\n');
    }
    for (String caveat : view.caveats()) {
      out.append("\nCaveat: ").append(PlainText.oneLine(caveat)).append('\n');
    }
  }

  private static String line(
      String format, Function function, long all, boolean exact, String name) {
    return String.format(
        format,
        exact ? Figures.count(function.ownBytes()) : Figures.bytes(function.ownBytes()),
        share(function.ownBytes(), all),
        exact ? Figures.count(function.totalBytes()) : Figures.bytes(function.totalBytes()),
        share(function.totalBytes(), all),
        Figures.count(function.ownObjects()),
        name);
  }

  private static String share(long bytes, long all) {
    return Figures.percent(all == 0 ? 0 : (double) bytes / all);
  }
}
