package dev.heaplight.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many rows a verb lists. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "List this many rows at most. Default: stats 10, summary 25.")
  private @Nullable Integer top;

  int orElse(int usual) {
    if (top != null && top < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--top': " + top + " is below 0");
    }
    return top == null ? usual : top;
  }
}
