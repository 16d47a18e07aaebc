package dev.heaplight.viewer.svg;

import dev.heaplight.viewer.flamegraph.FlameGraph;
import dev.heaplight.viewer.flamegraph.FlameGraphRenderer;
import dev.heaplight.viewer.model.MetricView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Draws a flame graph as one static SVG picture, outermost frames on top, sized by bytes. */
public final class SvgFlameGraph implements FlameGraphRenderer {
  /** A picture shows less than this; more would be below its resolution. */
  private static final int MAX_NODES = 100_000;

  /** A renderer for {@link java.util.ServiceLoader}. */
  public SvgFlameGraph() {}

  @Override
  public String format() {
    return "svg";
  }

  @Override
  public void render(MetricView view, OutputStream out) throws IOException {
    FlameGraph graph = FlameGraph.of(view, MAX_NODES);
    out.write(new SvgPicture(view, graph).draw().getBytes(StandardCharsets.UTF_8));
  }
}
