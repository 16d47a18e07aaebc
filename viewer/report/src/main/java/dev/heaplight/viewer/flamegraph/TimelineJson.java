package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.GcPoint;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.MemoryBreakdown;
import dev.heaplight.viewer.model.MemoryPart;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Slices;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Memory over time for the page's plot. Of more points than it has room for, neighbours become one
 * that has the largest of their figures, so that no peak is lost.
 */
final class TimelineJson {
  private static final int MAX_POINTS = 1_000;
  private static final Map<String, ToLongFunction<MemorySample>> SERIES = new LinkedHashMap<>();
  private static final List<MemoryPart> PARTS =
      List.of(
          MemoryPart.CODE_CACHE,
          MemoryPart.THREADS,
          MemoryPart.JVM,
          MemoryPart.MALLOC,
          MemoryPart.MAPPED_FILES);

  static {
    SERIES.put("rss", MemorySample::rssBytes);
    SERIES.put("rssMinusShared", MemorySample::rssMinusSharedBytes);
    SERIES.put("heapUsed", MemorySample::heapUsedBytes);
    SERIES.put("heapCommitted", MemorySample::heapCommittedBytes);
    SERIES.put("direct", MemorySample::directBytes);
    SERIES.put("metaspace", MemorySample::metaspaceBytes);
  }

  private TimelineJson() {}

  /** Writes memory, collections and flushes as members of the object that is open. */
  static void write(RecordingModel model, JsonWriter json) throws IOException {
    List<MemorySample> samples = model.memory().memory();
    json.name("memory").open('{');
    column(json.name("millis"), samples, MemorySample::elapsedMillis);
    for (Map.Entry<String, ToLongFunction<MemorySample>> series : SERIES.entrySet()) {
      column(json.name(series.getKey()), samples, series.getValue());
    }
    json.close('}');
    parts(MemoryBreakdown.of(model.memory()), json);
    // Collections of several recordings added up have no time in common.
    List<GcPoint> collections =
        model.recordings() == 1 ? model.memory().collections() : List.<GcPoint>of();
    json.name("collections").open('{');
    column(json.name("millis"), collections, GcPoint::elapsedMillis);
    column(json.name("live"), collections, GcPoint::liveBytes);
    json.close('}');
    json.name("flushes").open('[');
    for (long millis : flushes(model.slices(Metric.ALLOCATED))) {
      json.value(millis);
    }
    json.close(']');
  }

  /** What the samples of memory do not say, and what none of all figures explains. */
  private static void parts(List<MemoryBreakdown> parts, JsonWriter json) throws IOException {
    json.name("parts").open('{');
    column(json.name("millis"), parts, MemoryBreakdown::elapsedMillis);
    for (MemoryPart part : PARTS) {
      column(json.name(part.key()), parts, at -> at.parts().getOrDefault(part, Progress.UNKNOWN));
    }
    column(json.name("rest"), parts, MemoryBreakdown::restBytes);
    json.close('}');
  }

  private static List<Long> flushes(Optional<Slices> slices) {
    List<Long> flushes = new ArrayList<>();
    slices.ifPresent(
        known -> {
          for (int slice = 0; slice < known.count(); slice++) {
            flushes.add(known.startMillis(slice));
          }
        });
    return flushes;
  }

  private static <T> void column(JsonWriter json, List<T> points, ToLongFunction<T> value)
      throws IOException {
    int together = Math.max(1, (points.size() + MAX_POINTS - 1) / MAX_POINTS);
    json.open('[');
    for (int i = 0; i < points.size(); i += together) {
      long largest =
          points.subList(i, Math.min(i + together, points.size())).stream()
              .mapToLong(value)
              .max()
              .orElse(Progress.UNKNOWN);
      if (largest == Progress.UNKNOWN) {
        json.value((Object) null);
      } else {
        json.value(largest);
      }
    }
    json.close(']');
  }
}
