package dev.heaplight.cli;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.stats.Stats;
import dev.heaplight.viewer.stats.StatsJson;
import dev.heaplight.viewer.stats.StatsText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints figures. */
@Command(
    name = "stats",
    description = "Prints a recording's figures and its largest allocation sites.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions options;

  @Option(names = "--json", description = "Print one JSON object; docs/STATS.md lists its keys.")
  private boolean json;

  @Option(
      names = "--collections",
      description = "With --json: list each garbage collection, of which there can be many.")
  private boolean collections;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "" + Stats.TOP_SITES,
      description = "List this many allocation sites. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() throws UserError, IOException {
    if (top < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--top': " + top + " is below 0");
    }
    if (collections && !json) {
      throw new ParameterException(
          spec.commandLine(), "Option '--collections' goes with '--json' only");
    }
    PrintWriter out = spec.commandLine().getOut();
    MetricView view = options.read(spec.commandLine().getErr());
    if (json) {
      StatsJson.write(view, top, collections, out);
    } else {
      StatsText.write(Stats.of(view, top), out);
    }
    return 0;
  }
}
