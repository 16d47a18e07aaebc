package dev.heaplight.viewer.page;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.MomentText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a page says above its report: the recording, the metric and the caveats, for header.js. */
public final class ViewFacts {
  private final MetricView view;
  private final RecordingModel model;
  private final JsonWriter json;

  private ViewFacts(MetricView view, JsonWriter json) {
    this.view = view;
    this.model = view.model();
    this.json = json;
  }

  /** Writes the facts as members of the object that is open in {@code json}. */
  public static void write(MetricView view, JsonWriter json) throws IOException {
    write(view, view.caveats(), json);
  }

  /** The same, with these caveats. */
  public static void write(MetricView view, List<String> caveats, JsonWriter json)
      throws IOException {
    ViewFacts facts = new ViewFacts(view, json);
    facts.header(facts.model.header());
    facts.metric();
    facts.figures();
    json.name("caveats").open('[');
    for (String caveat : caveats) {
      json.value(caveat);
    }
    json.close(']');
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
    json.name("agentCpuNanos").value(orNull(model.agentCpuNanos()));
    json.name("agentMemoryBytes").value(orNull(model.agentMemoryBytes()));
    Progress progress = model.progress();
    json.name("samplingIntervalBytes")
        .value(progress == null ? null : (Object) progress.samplingIntervalBytes());
  }

  private static @Nullable Object orNull(OptionalLong figure) {
    return figure.isPresent() ? figure.getAsLong() : null;
  }
}
