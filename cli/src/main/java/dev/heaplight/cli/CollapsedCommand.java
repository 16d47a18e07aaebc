package dev.heaplight.cli;

import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.model.TreeShape;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes collapsed stacks. */
@Command(
    name = "collapsed",
    description = {
      "Writes collapsed stacks: one line per stack and allocated class, then its bytes.",
      "Use '-o -' for standard output."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CollapsedCommand implements Callable<Integer> {
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
        "collapsed",
        "txt",
        (read, out) -> CollapsedStacks.write(read.shaped(tree), out));
    return 0;
  }
}
