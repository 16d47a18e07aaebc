package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.page.ViewFacts;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;

/**
 * The data of the page as JSON. Column by column with strings in a table, which is a quarter of the
 * size of one object per box; a box's figures are those that are not in the boxes below it.
 */
final class FlameGraphData {
  private final MetricView view;
  private final FlameGraph graph;
  private final JsonWriter json;

  FlameGraphData(MetricView view, FlameGraph graph, Appendable out) {
    this.view = view;
    this.graph = graph;
    this.json = new JsonWriter(out);
  }

  void write() throws IOException {
    json.open('{');
    ViewFacts.write(view, json);
    json.name("foldedFrames").value(graph.foldedNodes());
    json.name("largestFoldedBytes").value(graph.largestFoldedBytes());
    labels(graph.labels());
    nodes();
    json.close('}');
  }

  private void labels(List<FlameLabel> labels) throws IOException {
    Map<String, Integer> strings = new LinkedHashMap<>();
    column("labelKinds", labels, label -> label.kind().code());
    column("labelClasses", labels, label -> number(strings, label.className()));
    column("labelMethods", labels, label -> number(strings, label.methodName()));
    column("labelFiles", labels, label -> number(strings, label.fileName()));
    column("labelLines", labels, FlameLabel::line);
    json.name("strings").open('[');
    for (String string : strings.keySet()) {
      json.value(string);
    }
    json.close(']');
  }

  private static int number(Map<String, Integer> strings, String string) {
    return strings.computeIfAbsent(string, key -> strings.size());
  }

  private void column(String name, List<FlameLabel> labels, ToIntFunction<FlameLabel> value)
      throws IOException {
    json.name(name).open('[');
    for (FlameLabel label : labels) {
      json.value(value.applyAsInt(label));
    }
    json.close(']');
  }

  private void nodes() throws IOException {
    json.name("depths").open('[');
    for (int node = 0; node < graph.size(); node++) {
      json.value(graph.depth(node));
    }
    json.close(']').name("labels").open('[');
    for (int node = 0; node < graph.size(); node++) {
      json.value(graph.labelNumber(node));
    }
    json.close(']');
    self("selfBytes", graph::bytes);
    self("selfObjects", graph::objects);
  }

  /** What of each box's figure is not in the boxes below it; mostly 0 but for leaves. */
  private void self(String name, IntToLongFunction figure) throws IOException {
    long[] self = new long[graph.size()];
    int[] open = new int[64];
    for (int node = 0; node < self.length; node++) {
      long total = figure.applyAsLong(node);
      self[node] += total;
      int depth = graph.depth(node);
      if (depth == open.length) {
        open = Arrays.copyOf(open, depth * 2);
      }
      open[depth] = node;
      if (depth > 0) {
        self[open[depth - 1]] -= total;
      }
    }
    json.name(name).open('[');
    for (long value : self) {
      json.value(value);
    }
    json.close(']');
  }
}
