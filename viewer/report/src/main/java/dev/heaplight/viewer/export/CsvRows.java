package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import java.io.IOException;

/**
 * A view as comma-separated values by RFC 4180: a line of column names, then one line for each
 * stack, class and thread. Columns are never renamed or moved; new ones are added at the end.
 */
public final class CsvRows {
  private static final String LINE_END = "\r\n";

  private CsvRows() {}

  /** Writes {@code view} to {@code out}. */
  public static void write(MetricView view, Appendable out) throws IOException {
    Dictionary dictionary = view.model().dictionary();
    CollapsedLabels labels = new CollapsedLabels(dictionary);
    StackFrames stacks = new StackFrames(dictionary);
    AllocationTotals totals = view.totals();
    out.append("metric,bytes,objects,class,thread,stack").append(LINE_END);
    StringBuilder stack = new StringBuilder();
    for (int row = 0; row < totals.rows(); row++) {
      stack.setLength(0);
      for (int frame : stacks.outermostFirst(totals.stack(row))) {
        stack.append(stack.isEmpty() ? "" : ";").append(labels.text(labels.frame(frame)));
      }
      out.append(view.metric().key()).append(',');
      out.append(Long.toString(totals.bytes(row))).append(',');
      out.append(Long.toString(totals.objects(row))).append(',');
      out.append(quoted(dictionary.string(totals.className(row)))).append(',');
      out.append(quoted(dictionary.thread(totals.thread(row)).name())).append(',');
      out.append(quoted(stack.toString())).append(LINE_END);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
