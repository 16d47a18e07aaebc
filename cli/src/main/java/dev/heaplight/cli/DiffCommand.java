package dev.heaplight.cli;

import dev.heaplight.viewer.compare.Comparison;
import dev.heaplight.viewer.compare.ComparisonReport;
import dev.heaplight.viewer.model.MetricView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two recordings. */
@Command(
    name = "diff",
    description = {
      "Compares two recordings, or two directories of them: which stacks grew and which shrank.",
      "A stack is the same in both when its frames and the allocated class are."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BASE", description = "The recording to compare with.")
  private Path base;

  @Parameters(index = "1", paramLabel = "NEW", description = "The recording to look at.")
  private Path now;

  @Mixin private MetricOption metric;
  @Mixin private SelectionOptions selection;

  @Option(
      names = "--normalize",
      description = "Scale the base to the same total: how the bytes spread, not how many.")
  private boolean normalize;

  @Option(
      names = "--ignore-lines",
      description = "Tell frames by class and method alone, since lines move when files change.")
  private boolean ignoreLines;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "List this many stacks of each direction. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    if (top < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--top': " + top + " is below 0");
    }
    Comparison comparison =
        Comparison.of(view(base), view(now), new Comparison.Options(ignoreLines, normalize));
    ComparisonReport report = new ComparisonReport(comparison, top);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      report.writeJson(out);
    } else {
      report.writeText(out);
    }
    return 0;
  }

  private MetricView view(Path path) throws UserError {
    RecordingInputs inputs = new RecordingInputs(List.of(path));
    PrintWriter err = spec.commandLine().getErr();
    return metric.of(inputs.read(selection.window(), err)).select(selection.selection());
  }
}
