package dev.heaplight.viewer.stats;

import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Figures as one JSON object whose keys never change their meaning. A figure that is not known is
 * null, never 0.
 */
public final class StatsJson {
  private StatsJson() {}

  /** Writes {@code stats} and a line feed. */
  public static void write(Stats stats, Appendable out) throws IOException {
    RecordingModel model = stats.model();
    RecordingHeader header = model.header();
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("file").value(model.file().toString());
    json.name("complete").value((Object) model.complete());
    json.name("mode").value(header.mode());
    json.name("scope").open('{');
    json.name("name").value(header.name());
    json.name("kind").value(header.kind());
    json.name("id").value(header.id());
    json.close('}');
    json.name("durationMillis").value(orNull(model.durationMillis()));
    json.name("allocatedBytes").value(model.totals().totalBytes());
    json.name("allocatedObjects").value(model.totals().totalObjects());
    json.name("jvmAllocatedBytes").value(orNull(model.jvmAllocatedBytes()));
    Object coverage = model.coverage().isPresent() ? model.coverage().getAsDouble() : null;
    json.name("coverage").value(coverage);
    // Recordings of format version 1 do not hold live bytes.
    json.name("peakLiveBytes").value((Object) null);
    json.name("survivingBytes").value((Object) null);
    json.name("gcCount").value(orNull(model.gcCount()));
    json.name("samples").value(orNull(model.samples()));
    topSites(stats, json);
    json.close('}');
    out.append('\n');
  }

  private static void topSites(Stats stats, JsonWriter json) throws IOException {
    json.name("topSites").open('[');
    for (Site site : stats.topSites()) {
      json.open('{');
      json.name("frame").value(site.frame());
      json.name("class").value(site.className());
      json.name("bytes").value(site.bytes());
      json.name("objects").value(site.objects());
      json.close('}');
    }
    json.close(']');
  }

  private static @Nullable Object orNull(OptionalLong figure) {
    return figure.isPresent() ? figure.getAsLong() : null;
  }
}
