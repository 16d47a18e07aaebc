package dev.heaplight.cli;

import dev.heaplight.viewer.export.Speedscope;
import dev.heaplight.viewer.model.TreeShape;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes for speedscope. */
@Command(
    name = "speedscope",
    description = {
      "Writes a file for speedscope.app: a profile for each metric.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SpeedscopeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private ShapeOptions shape;
  @Mixin private OutputOptions output;

  @Override
  public Integer call() throws UserError, IOException {
    TreeShape tree = shape.shape();
    output.writeText(
        spec,
        view,
        "speedscope",
        "speedscope.json",
        (read, out) -> Speedscope.write(read.shaped(tree), out));
    return 0;
  }
}
