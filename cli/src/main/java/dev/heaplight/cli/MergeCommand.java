package dev.heaplight.cli;

import dev.heaplight.viewer.rollup.RollUp;
import dev.heaplight.viewer.rollup.RollUpOrder;
import dev.heaplight.viewer.rollup.RollUpReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sums recordings up by the name of their scope. */
@Command(
    name = "merge",
    description = {
      "Sums recordings up by the name of their scope: how many there are, what they allocated, "
          + "and the median, the 95th percentile and the largest of their peaks."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RecordingInputs inputs;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "TOTAL",
      description = "total, max, peak, surviving, calls or name. Default: total.")
  private RollUpOrder order;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    RollUp rollUp = new RollUp();
    inputs.forEachOutline(spec.commandLine().getErr(), rollUp::add);
    RollUpReport report = new RollUpReport(rollUp, order);
    if (json) {
      report.writeJson(spec.commandLine().getOut());
    } else {
      report.writeText(spec.commandLine().getOut());
    }
    return 0;
  }
}
