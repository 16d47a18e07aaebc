package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.page.PageTemplate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The interactive flame graph: one HTML file that needs nothing else. */
public final class FlameGraphPage implements FlameGraphRenderer {
  /**
   * Boxes above which a page folds small ones. With the boxes that stand for folded ones it holds
   * twice as many at most: 4 MB of data, and half a second from opening the page to the picture.
   */
  static final int MAX_NODES = 125_000;

  private static final PageTemplate PAGE =
      new PageTemplate(
          FlameGraphPage.class,
          List.of("graph.js", "search.js", "canvas.js", "details.js", "page.js"));

  private final int maxNodes;

  /** A renderer for {@link java.util.ServiceLoader}. */
  public FlameGraphPage() {
    this(MAX_NODES);
  }

  FlameGraphPage(int maxNodes) {
    this.maxNodes = maxNodes;
  }

  @Override
  public String format() {
    return "html";
  }

  @Override
  public void render(MetricView view, OutputStream out) throws IOException {
    PAGE.write(out, data -> new FlameGraphData(view, FlameGraph.of(view, maxNodes), data).write());
  }
}
