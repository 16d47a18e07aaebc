package dev.heaplight.cli;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.compare.Comparison;
import dev.heaplight.viewer.flamegraph.FlameGraphPage;
import dev.heaplight.viewer.flamegraph.FlameGraphRenderer;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.TreeShape;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Option(
      names = "--base",
      paramLabel = "BASE",
      description = "Compare with this recording or directory: what grew and what shrank since.")
  private @Nullable Path base;

  @Option(
      names = "--ignore-lines",
      description = "With --base, compare frames by class and method: an edit shifts lines.")
  private boolean ignoreLines;

  @Override
  public Integer call() throws UserError {
    if (base != null) {
      return compare(base);
    }
    String name = format.toString();
    if (format == Format.html) {
      view.withSlices();
    }
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

  private int compare(Path other) throws UserError {
    if (format != Format.html) {
      throw new ParameterException(
          spec.commandLine(), "Option '--base' needs '--format html': pictures compare nothing");
    }
    TreeShape tree = shape.shape();
    MetricView before = view.read(other, spec.commandLine().getErr());
    UnaryOperator<Frame> shared = ignoreLines ? Comparison::withoutLine : UnaryOperator.identity();
    output.writeFile(
        spec,
        view,
        "diff",
        "html",
        (read, stream) -> FlameGraphPage.renderChange(before, read.shaped(tree), shared, stream));
    return 0;
  }

  private static UserError missing(String format) {
    return new UserError(
        "cannot write " + format,
        "heaplight-viewer-" + format + ".jar is not on the class path",
        "add it to the installation's lib directory or use --format html");
  }
}
