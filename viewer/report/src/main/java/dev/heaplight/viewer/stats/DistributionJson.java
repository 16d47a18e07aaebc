package dev.heaplight.viewer.stats;

import dev.heaplight.format.Lifetime;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.MemoryBreakdown;
import dev.heaplight.viewer.model.MemoryPart;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.List;

/** How sizes, the process's memory and ages at death are distributed, as members of JSON. */
final class DistributionJson {
  private final MetricView view;
  private final RecordingModel model;
  private final JsonWriter json;

  DistributionJson(MetricView view, JsonWriter json) {
    this.view = view;
    this.model = view.model();
    this.json = json;
  }

  void write() throws IOException {
    sizes();
    memory();
    parts();
    lifetimes();
  }

  private void sizes() throws IOException {
    json.name("sizeHistogram").open('[');
    for (SizeClass size : SizeClass.of(view)) {
      json.open('{').name("minBytes").value(size.minBytes());
      json.name("endBytes").value(size.endBytes());
      json.name("bytes").value(size.bytes()).name("objects").value(size.objects()).close('}');
    }
    json.close(']');
  }

  private void memory() throws IOException {
    List<MemorySample> samples = model.memory().memory();
    json.name("memory");
    if (samples.isEmpty()) {
      json.value((Object) null);
      return;
    }
    json.open('{').name("samples").value(samples.size());
    for (MemoryExtreme.Kind kind : MemoryExtreme.Kind.values()) {
      MemoryExtreme extreme = MemoryExtreme.of(samples, kind).orElse(null);
      json.name(kind.key());
      if (extreme == null) {
        json.value((Object) null);
        continue;
      }
      json.open('{').name("minBytes").value(extreme.minBytes());
      json.name("maxBytes").value(extreme.maxBytes());
      json.name("maxMillis").value(extreme.maxMillis()).close('}');
    }
    json.close('}');
  }

  private void parts() throws IOException {
    json.name("memoryParts").open('[');
    for (MemoryBreakdown at : MemoryBreakdown.of(model.memory())) {
      json.open('{').name("millis").value(at.elapsedMillis()).name("rssBytes").value(at.rssBytes());
      for (MemoryPart part : MemoryPart.values()) {
        json.name(part.key() + "Bytes").value((Object) at.parts().get(part));
      }
      json.name("restBytes").value(at.restBytes());
      json.name("threadCount");
      if (at.threads() == Progress.UNKNOWN) {
        json.value((Object) null);
      } else {
        json.value(at.threads());
      }
      json.close('}');
    }
    json.close(']');
  }

  private void lifetimes() throws IOException {
    json.name("lifetimes");
    if (model.memory().lifetimes().isEmpty()) {
      json.value((Object) null);
      return;
    }
    json.open('[');
    for (Lifetime lifetime : model.memory().lifetimes()) {
      int log2 = lifetime.millisLog2();
      json.open('{').name("collectionsSurvived").value(lifetime.collectionsSurvived());
      json.name("minMillis").value(log2 == 0 ? 0 : 1L << log2);
      json.name("endMillis").value(log2 == Long.SIZE - 2 ? Long.MAX_VALUE : 2L << log2);
      json.name("bytes").value(lifetime.bytes());
      json.name("objects").value(lifetime.objects()).close('}');
    }
    json.close(']');
  }
}
