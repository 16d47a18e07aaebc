package dev.heaplight.server.draw;

import dev.heaplight.viewer.flamegraph.FlameGraphPage;
import dev.heaplight.viewer.input.ModelReader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Draws one page and ends. Arguments: where to, a recording, and what it was before if compared.
 */
public final class DrawMain {
  private static final int FAILED = 1;

  private DrawMain() {}

  /** Draws; what goes wrong is one line on standard error and the exit code 1. */
  public static void main(String[] arguments) {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
      if (arguments.length == 2) {
        new FlameGraphPage().render(view(arguments[1], TimeWindow.WHOLE.withSlices()), out);
      } else {
        FlameGraphPage.renderChange(
            view(arguments[2], TimeWindow.WHOLE),
            view(arguments[1], TimeWindow.WHOLE),
            UnaryOperator.identity(),
            out);
      }
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
      System.exit(FAILED);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "out of memory: the recording needs a larger heap; draw it with heaplight flamegraph");
      System.exit(FAILED);
    }
  }

  private static MetricView view(String file, TimeWindow window) throws IOException {
    return MetricView.of(ModelReader.read(Path.of(file), window), Metric.ALLOCATED).orElseThrow();
  }
}
