package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.MomentText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data of the page as JSON. Column by column with strings in a table, which is a quarter of the
 * size of one object per box; a box's figures are those that are not in the boxes below it.
 */
final class FlameGraphData {
  private final RecordingModel model;
  private final MetricView view;
  private final FlameGraph graph;
  private final JsonWriter json;

  FlameGraphData(MetricView view, FlameGraph graph, Appendable out) {
    this.model = view.model();
    this.view = view;
    this.graph = graph;
    this.json = new JsonWriter(out);
  }

  void write() throws IOException {
    json.open('{');
    header(model.header());
    metric();
    figures();
    json.name("caveats").open('[');
    for (String caveat : view.caveats()) {
      json.value(caveat);
    }
    json.close(']');
    json.name("foldedFrames").value(graph.foldedNodes());
    json.name("largestFoldedBytes").value(graph.largestFoldedBytes());
    labels(graph.labels());
    nodes();
    json.close('}');
  }

  private void header(RecordingHeader header) throws IOException {
    Path file = model.file().getFileName();
    json.name("file").value(file == null ? "" : file.toString());
    json.name("scopeName").value(header.name());
    json.name("scopeKind").value(header.kind());
    json.name("scopeId").value(header.id());
    json.name("attributes").open('[');
    for (Map.Entry<String, String> attribute : header.attributes().entrySet()) {
      json.open('[').value(attribute.getKey()).value(attribute.getValue()).close(']');
    }
    json.close(']');
    json.name("mode").value(header.mode());
    json.name("start").value(Instant.ofEpochMilli(header.startEpochMillis()).toString());
    json.name("pid").value(header.pid());
    json.name("host").value(header.host());
    json.name("jvm").value(header.jvm());
    json.name("agentVersion").value(header.agentVersion());
  }

  private void metric() throws IOException {
    Metric metric = view.metric();
    LiveHeader moment = view.moment();
    json.name("metric").value(metric.key());
    json.name("metricHeading").value(metric.heading());
    json.name("metricMoment").value(moment == null ? null : MomentText.of(moment));
    json.name("metricNothing").value(metric.nothing());
  }

  private void figures() throws IOException {
    json.name("complete").value((Object) model.complete());
    json.name("endReason").value(model.footer() == null ? null : model.footer().endReason());
    json.name("durationMillis").value(orNull(model.durationMillis()));
    json.name("allocatedBytes").value(model.totals().totalBytes());
    json.name("jvmAllocatedBytes").value(orNull(model.jvmAllocatedBytes()));
    json.name("gcCount").value(orNull(model.gcCount()));
    json.name("samples").value(orNull(model.samples()));
  }

  private static @Nullable Object orNull(OptionalLong figure) {
    return figure.isPresent() ? figure.getAsLong() : null;
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
