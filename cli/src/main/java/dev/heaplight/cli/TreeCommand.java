package dev.heaplight.cli;

import dev.heaplight.viewer.calls.CallBrowser;
import dev.heaplight.viewer.calls.CallOutline;
import dev.heaplight.viewer.calls.CallText;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.TreeShape;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the call tree. */
@Command(
    name = "tree",
    description = {
      "Shows the call tree with bytes, share and objects.",
      "On a terminal: arrow keys unfold and fold, / searches, q quits. Elsewhere: all of it as text."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TreeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ViewOptions view;
  @Mixin private ShapeOptions shape;

  @Option(
      names = "--min",
      paramLabel = "SHARE",
      defaultValue = "0%",
      converter = ShareConverter.class,
      description = {
        "Sum up what has a smaller share of all bytes, for instance 1%%.",
        "Default: ${DEFAULT-VALUE}, which shows everything."
      })
  private double min;

  @Option(names = "--plain", description = "Print text, on a terminal as well.")
  private boolean plain;

  @Option(names = "--exact", description = "In the text: bytes as whole numbers.")
  private boolean exact;

  @Override
  public Integer call() throws UserError, IOException {
    TreeShape tree = shape.shape();
    boolean interactive = !plain && !exact && Terminal.isInteractive();
    MetricView read = view.read(spec.commandLine().getErr()).shaped(tree);
    CallOutline outline = CallOutline.of(read, min);
    if (interactive && TreeScreen.show(new CallBrowser(outline), read)) {
      return 0;
    }
    CallText.write(outline, read, exact, spec.commandLine().getOut());
    return 0;
  }
}
