package dev.heaplight.cli;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.stats.HeaviestStacks;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds recordings against a budget. */
@Command(
    name = "check",
    description = {
      "Fails with exit code 3 when a recording exceeds a budget, and prints the stacks that do.",
      "Each recording must keep each budget; with --sum, all of them together."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
  /** Exit code when a budget is exceeded. */
  static final int EXCEEDED = 3;

  private static final int STACKS_SHOWN = 3;

  @Spec private CommandSpec spec;
  @Mixin private RecordingInputs inputs;
  @Mixin private SelectionOptions selection;

  @Option(
      names = "--max-allocated",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most bytes a recording may have allocated: 64MB, 1.5g, 512KiB.")
  private @Nullable Long maxAllocated;

  @Option(
      names = "--max-peak",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most bytes that may have been alive at its peak.")
  private @Nullable Long maxPeak;

  @Option(
      names = "--max-surviving",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most bytes it may have left alive.")
  private @Nullable Long maxSurviving;

  @Option(
      names = "--max-off-heap",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most bytes it may hold outside the heap.")
  private @Nullable Long maxOffHeap;

  @Option(names = "--sum", description = "Add all recordings up first.")
  private boolean sum;

  private int violations;
  private int checked;

  @Override
  public Integer call() throws UserError, IOException {
    Map<Metric, Long> budgets = budgets();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (sum) {
      check(inputs.read(selection.window(), err), budgets, out);
    } else {
      inputs.forEach(selection.window(), err, model -> check(model, budgets, out));
    }
    if (violations == 0) {
      out.println(
          "ok: " + checked + (checked == 1 ? " recording" : " recordings") + " within budget");
      return 0;
    }
    return EXCEEDED;
  }

  private Map<Metric, Long> budgets() {
    Map<Metric, Long> budgets = new EnumMap<>(Metric.class);
    put(budgets, Metric.ALLOCATED, maxAllocated);
    put(budgets, Metric.PEAK, maxPeak);
    put(budgets, Metric.SURVIVING, maxSurviving);
    put(budgets, Metric.OFF_HEAP_LIVE, maxOffHeap);
    if (budgets.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing budget: give --max-allocated, --max-peak, --max-surviving or --max-off-heap");
    }
    return budgets;
  }

  private static void put(Map<Metric, Long> budgets, Metric metric, @Nullable Long bytes) {
    if (bytes != null) {
      budgets.put(metric, bytes);
    }
  }

  private void check(RecordingModel model, Map<Metric, Long> budgets, PrintWriter out)
      throws UserError {
    checked++;
    for (Map.Entry<Metric, Long> budget : budgets.entrySet()) {
      MetricView view = view(model, budget.getKey());
      if (view != null && view.totals().totalBytes() > budget.getValue()) {
        violations++;
        exceeded(view, budget.getValue(), out);
      }
    }
  }

  /** Null when the scope took no memory off-heap, which keeps every budget. */
  private @Nullable MetricView view(RecordingModel model, Metric metric) throws UserError {
    MetricView view = MetricView.of(model, metric).orElse(null);
    if (view == null && metric != Metric.OFF_HEAP_LIVE) {
      throw new UserError(
          "cannot check " + model.file(),
          "it has no " + metric.key() + " figures",
          "record without the agent's live=off and let a garbage collection come");
    }
    return view == null ? null : view.select(selection.selection());
  }

  private static void exceeded(MetricView view, long budgetBytes, PrintWriter out) {
    long bytes = view.totals().totalBytes();
    out.println(
        PlainText.oneLine(
            "exceeded: "
                + view.model().file()
                + ": "
                + view.model().header().name()
                + ": "
                + Figures.bytes(bytes)
                + " ("
                + Figures.count(bytes)
                + " bytes) "
                + view.metric().words()
                + ", budget "
                + Figures.bytes(budgetBytes)));
    try {
      HeaviestStacks.write(view, STACKS_SHOWN, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a PrintWriter does not throw
    }
  }
}
