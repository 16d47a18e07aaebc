package dev.heaplight.cli;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.stats.Grouping;
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

  /** Orders by the names users type, which is why they are in small letters. */
  enum Sort {
    bytes,
    objects
  }

  @Option(
      names = "--by",
      paramLabel = "site|class|package|thread",
      defaultValue = "site",
      converter = GroupingConverter.class,
      description = {
        "What to list the largest of; a package is that of the code that allocates.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Grouping by;

  @Option(
      names = "--sort",
      paramLabel = "bytes|objects",
      defaultValue = "bytes",
      description = "What is largest. Default: ${DEFAULT-VALUE}.")
  private Sort sort;

  @Mixin private TopOption top;

  @Override
  public Integer call() throws UserError, IOException {
    int listed = top.orElse(Stats.TOP_SITES);
    if (collections && !json) {
      throw new ParameterException(
          spec.commandLine(), "Option '--collections' goes with '--json' only");
    }
    PrintWriter out = spec.commandLine().getOut();
    MetricView view = options.read(spec.commandLine().getErr());
    Stats stats = Stats.of(view, listed, by, sort == Sort.objects);
    if (json) {
      StatsJson.write(stats, collections, out);
    } else {
      StatsText.write(stats, out);
    }
    return 0;
  }
}
