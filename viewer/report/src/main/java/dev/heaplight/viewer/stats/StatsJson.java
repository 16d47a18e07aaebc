package dev.heaplight.viewer.stats;

import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.LiveComposition;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.OffHeapTotals;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Figures as one JSON object whose keys never change their meaning. A figure that is not known is
 * null, never 0.
 */
public final class StatsJson {
  private final RecordingModel model;
  private final JsonWriter json;

  private StatsJson(RecordingModel model, JsonWriter json) {
    this.model = model;
    this.json = json;
  }

  /** Writes figures and largest sites, and a line feed. */
  public static void write(MetricView view, int sitesWanted, boolean collections, Appendable out)
      throws IOException {
    write(Stats.of(view, sitesWanted), collections, out);
  }

  /**
   * Writes figures and largest groups, and a line feed.
   *
   * @param asked the figures, the metric that {@code topSites} are of, and how many groups to list
   *     at most in each list
   * @param collections whether to list each garbage collection, of which there can be many
   */
  public static void write(Stats asked, boolean collections, Appendable out) throws IOException {
    MetricView view = asked.view();
    int sitesWanted = asked.listed();
    RecordingModel model = view.model();
    JsonWriter json = new JsonWriter(out).open('{');
    StatsJson stats = new StatsJson(model, json);
    stats.scope(model.header());
    stats.allocated();
    stats.live();
    stats.offHeap();
    json.name("gcCount").value(orNull(model.gcCount()));
    json.name("samples").value(orNull(model.samples()));
    json.name("agentCpuNanos").value(orNull(model.agentCpuNanos()));
    json.name("agentMemoryBytes").value(orNull(model.agentMemoryBytes()));
    if (collections) {
      stats.collections();
    }
    json.name("metric").value(view.metric().key());
    stats.sites("topSites", view, sitesWanted);
    stats.sites("topPeakSites", MetricView.of(model, Metric.PEAK).orElse(null), sitesWanted);
    stats.sites(
        "topSurvivingSites", MetricView.of(model, Metric.SURVIVING).orElse(null), sitesWanted);
    stats.top(asked);
    new DistributionJson(view, json).write();
    json.close('}');
    out.append('\n');
  }

  private void scope(RecordingHeader header) throws IOException {
    json.name("file").value(model.file().toString());
    json.name("recordings").value(model.recordings());
    json.name("complete").value((Object) model.complete());
    json.name("mode").value(header.mode());
    Progress progress = model.progress();
    json.name("samplingIntervalBytes")
        .value(progress == null ? null : (Object) progress.samplingIntervalBytes());
    json.name("scope").open('{');
    json.name("name").value(header.name());
    json.name("kind").value(header.kind());
    json.name("id").value(header.id());
    json.close('}');
    json.name("durationMillis").value(orNull(model.durationMillis()));
  }

  private void allocated() throws IOException {
    json.name("allocatedBytes").value(model.totals().totalBytes());
    json.name("allocatedObjects").value(model.totals().totalObjects());
    json.name("jvmAllocatedBytes").value(orNull(model.jvmAllocatedBytes()));
    Object coverage = model.coverage().isPresent() ? model.coverage().getAsDouble() : null;
    json.name("coverage").value(coverage);
  }

  private void live() throws IOException {
    LiveComposition peak = model.live(LiveKind.PEAK).orElse(null);
    figures("peakLive", peak);
    moment("peakCollection", peak);
    LiveComposition survivors = model.live(LiveKind.SURVIVORS).orElse(null);
    figures("surviving", survivors);
    moment("survivingCollection", survivors);
    figures("temporary", model.live(LiveKind.TEMPORARY).orElse(null));
  }

  private void figures(String prefix, @Nullable LiveComposition live) throws IOException {
    json.name(prefix + "Bytes").value(live == null ? null : (Object) live.totals().totalBytes());
    json.name(prefix + "Objects")
        .value(live == null ? null : (Object) live.totals().totalObjects());
  }

  private void moment(String name, @Nullable LiveComposition live) throws IOException {
    json.name(name);
    if (live == null || model.recordings() > 1) {
      json.value((Object) null);
      return;
    }
    LiveHeader header = live.header();
    json.open('{');
    json.name("number")
        .value(
            header.collection() == LiveHeader.UNKNOWN_COLLECTION
                ? null
                : (Object) header.collection());
    json.name("collector").value(header.collector().isEmpty() ? null : header.collector());
    json.name("millis").value(header.elapsedMillis());
    json.close('}');
  }

  private void offHeap() throws IOException {
    json.name("offHeap");
    if (model.offHeap().isEmpty()) {
      json.value((Object) null);
      return;
    }
    OffHeapTotals offHeap = model.offHeap().get();
    json.open('{');
    json.name("allocatedBytes").value(offHeap.taken().totalBytes());
    json.name("freedBytes").value(offHeap.freedBytes());
    json.name("liveBytes").value(offHeap.liveBytes());
    json.name("peakBytes").value(offHeap.peakBytes());
    json.close('}');
  }

  private void collections() throws IOException {
    json.name("collections").open('[');
    for (GcPoint point : model.memory().collections()) {
      json.open('{');
      json.name("millis").value(point.elapsedMillis());
      json.name("collector").value(point.collector().isEmpty() ? null : point.collector());
      json.name("durationMillis").value(orNull(point.durationMillis()));
      json.name("liveObjects").value(orNull(point.liveObjects()));
      json.name("liveBytes").value(orNull(point.liveBytes()));
      json.close('}');
    }
    json.close(']');
  }

  private void sites(String name, @Nullable MetricView view, int wanted) throws IOException {
    json.name(name);
    if (view == null) {
      json.value((Object) null);
      return;
    }
    List<Site> sites = Stats.of(view, wanted).topSites();
    json.open('[');
    for (Site site : sites) {
      json.open('{');
      json.name("frame").value(site.frame());
      json.name("class").value(site.className());
      json.name("bytes").value(site.bytes());
      json.name("objects").value(site.objects());
      error(view, site.objects(), site.bytes());
      json.close('}');
    }
    json.close(']');
  }

  private void top(Stats asked) throws IOException {
    json.name("topBy").value(asked.ranking().by().key());
    json.name("topSort").value(asked.ranking().byObjects() ? "objects" : "bytes");
    json.name("top").open('[');
    for (Group group : asked.top()) {
      json.open('{').name("name").value(group.name());
      json.name("class").value(asked.ranking().by() == Grouping.SITE ? group.className() : null);
      json.name("bytes").value(group.bytes());
      json.name("objects").value(group.objects());
      error(asked.view(), group.objects(), group.bytes());
      json.close('}');
    }
    json.close(']');
  }

  /** Only of figures that were sampled. */
  private void error(MetricView view, long objects, long bytes) throws IOException {
    SamplingError error = SamplingError.of(view);
    if (error != null) {
      OptionalDouble relative = error.relative(objects, bytes);
      json.name("samples").value(error.samples(objects, bytes));
      json.name("relativeStandardError")
          .value(relative.isPresent() ? (Object) relative.getAsDouble() : null);
    }
  }

  private static @Nullable Object orNull(OptionalLong figure) {
    return figure.isPresent() ? figure.getAsLong() : null;
  }

  private static @Nullable Object orNull(long figure) {
    return figure == Progress.UNKNOWN ? null : figure;
  }
}
