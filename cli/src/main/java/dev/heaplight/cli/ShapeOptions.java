package dev.heaplight.cli;

import dev.heaplight.viewer.model.TreeShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a report puts stacks into a tree. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShapeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--inverted",
      description = "Allocated classes and innermost frames first, their callers below them.")
  private boolean inverted;

  @Option(names = "--split-threads", description = "Threads apart from each other.")
  private boolean splitThreads;

  @Option(names = "--merge-threads", description = "Threads together, as is the default.")
  private boolean mergeThreads;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "Show N frames of a stack and sum up what is deeper. Default: all frames.")
  private @Nullable Integer depth;

  TreeShape shape() {
    if (splitThreads && mergeThreads) {
      throw new ParameterException(
          spec.commandLine(), "Options '--split-threads' and '--merge-threads' exclude each other");
    }
    if (depth != null && depth < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--depth': " + depth + " is below 1");
    }
    return new TreeShape(inverted, splitThreads, depth == null ? Integer.MAX_VALUE : depth);
  }
}
