package dev.heaplight.cli;

import dev.heaplight.viewer.compare.Changes;
import dev.heaplight.viewer.compare.ChangesJson;
import dev.heaplight.viewer.compare.ChangesText;
import dev.heaplight.viewer.compare.Comparison;
import dev.heaplight.viewer.compare.Scaling;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what changed from one recording to another. */
@Command(
    name = "diff",
    description = {
      "Prints which stacks' bytes changed from BASE to NEW, largest growth first.",
      "Either may be a directory, whose recordings are added up."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
  /** At most one of them. */
  private static final class ScalingOptions {
    @Option(names = "--normalize", description = "Scale the base so that both totals are equal.")
    private boolean total;

    @Option(
        names = "--per-recording",
        description = "Scale the base so that both have equally many recordings.")
    private boolean recordings;
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BASE", description = "What it was.")
  private Path base;

  @Parameters(index = "1", paramLabel = "NEW", description = "What it is now.")
  private Path next;

  @Mixin private MetricOption metric;
  @Mixin private SelectionOptions selection;
  @ArgGroup private ScalingOptions scaling = new ScalingOptions();

  @Option(
      names = "--ignore-lines",
      description = "Compare frames by class and method: an edited file shifts its lines.")
  private boolean ignoreLines;

  @Option(
      names = "--sites",
      description = "Compare innermost frames, by whatever path they were called.")
  private boolean sites;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "List this many changes of each kind. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(names = "--json", description = "Print one JSON object; docs/CLI.md lists its keys.")
  private boolean json;

  @Override
  public Integer call() throws UserError, IOException {
    if (top < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--top': " + top + " is below 0");
    }
    RecordingModel before = read(base);
    RecordingModel after = read(next);
    // One that took nothing outside the heap is compared as nothing, unless neither took any.
    boolean either = metric.isIn(before) || metric.isIn(after);
    Comparison comparison =
        Comparison.of(view(before, either), view(after, either), scaling(), !ignoreLines);
    Changes changes = Changes.of(sites ? comparison.bySite() : comparison);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ChangesJson.write(changes, top, out);
    } else {
      ChangesText.write(changes, sites ? "site" : "stack", top, out);
    }
    return 0;
  }

  private RecordingModel read(Path path) throws UserError {
    return new RecordingInputs(List.of(path)).read(selection.window(), spec.commandLine().getErr());
  }

  private MetricView view(RecordingModel model, boolean noneIsNothing) throws UserError {
    MetricView view = noneIsNothing ? metric.orNothing(model) : metric.of(model);
    return view.select(selection.selection());
  }

  private Scaling scaling() {
    return scaling.total ? Scaling.TOTAL : scaling.recordings ? Scaling.RECORDINGS : Scaling.NONE;
  }
}
