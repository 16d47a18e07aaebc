package dev.heaplight.cli;

import dev.heaplight.viewer.flamegraph.FlameGraphRenderer;
import dev.heaplight.viewer.model.TreeShape;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a flame graph. */
@Command(
    name = "flamegraph",
    description = {
      "Writes a flame graph of a recording: an interactive page, or a picture.",
      "The page is one file that opens in any browser and asks no host for anything."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FlameGraphCommand implements Callable<Integer> {
  /** Formats by the names users type, which is why they are in small letters. */
  enum Format {
    html,
    svg
  }

  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private ShapeOptions shape;
  @Mixin private OutputOptions output;

  @Option(
      names = "--format",
      paramLabel = "html|svg",
      defaultValue = "html",
      description = "Format of the flame graph, ${DEFAULT-VALUE} by default.")
  private Format format;

  @Override
  public Integer call() throws UserError {
    String name = format.toString();
    FlameGraphRenderer renderer = FlameGraphRenderer.of(name).orElseThrow(() -> missing(name));
    TreeShape tree = shape.shape();
    output.writeFile(
        spec,
        view,
        "flamegraph",
        name,
        (read, stream) -> renderer.render(read.shaped(tree), stream));
    return 0;
  }

  private static UserError missing(String format) {
    return new UserError(
        "cannot write " + format,
        "heaplight-viewer-" + format + ".jar is not on the class path",
        "add it to the installation's lib directory or use --format html");
  }
}
