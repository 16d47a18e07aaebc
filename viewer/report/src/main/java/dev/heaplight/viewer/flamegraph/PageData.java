package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.compare.ComparisonCaveats;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.page.ViewFacts;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.MomentText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes the data of a page, packed. Layout in docs/FORMAT.md, "Data of a page". */
final class PageData {
  /** Rows above which the data is packed fast rather than small: 20 MB take a second otherwise. */
  private static final int MANY_ROWS = 200_000;

  private final MetricView view;
  private final PageContent content;
  private final Words words;

  PageData(MetricView view, PageContent content, Words words) {
    this.view = view;
    this.content = content;
    this.words = words;
  }

  /** The data, packed. */
  byte[] packed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 16);
    int level =
        content.rowStacks().length > MANY_ROWS ? Deflater.BEST_SPEED : Deflater.BEST_COMPRESSION;
    try (OutputStream zip = new ParallelGzip(packed, level)) {
      write(new Columns(zip));
    }
    return packed.toByteArray();
  }

  /**
   * What the page says of its recordings beside the figures.
   *
   * @param caveats sentences
   * @param comparedWith the other recording, in words; null where there is none
   */
  record Words(List<String> caveats, @Nullable String comparedWith) {
    static Words of(MetricView view) {
      return new Words(view.caveats(), null);
    }

    static Words ofChange(MetricView base, MetricView next) {
      RecordingHeader header = base.model().header();
      return new Words(
          ComparisonCaveats.all(base, next),
          header.name()
              + " (id "
              + header.id()
              + ", "
              + base.model().file().getFileName()
              + ", "
              + header.host()
              + ")");
    }
  }

  private void write(Columns columns) throws IOException {
    Map<String, Integer> strings = new LinkedHashMap<>();
    List<FlameLabel> all = content.labels();
    int[] classes = column(all, label -> number(strings, label.className()));
    int[] methods = column(all, label -> number(strings, label.methodName()));
    int[] files = column(all, label -> number(strings, label.fileName()));
    columns.text(head(strings));
    columns.numbers(column(all, label -> label.kind().code()));
    columns.numbers(classes);
    columns.numbers(methods);
    columns.numbers(files);
    columns.numbers(column(all, label -> label.line() + 2));
    // A caller mostly has a number just below, so its distance is small.
    for (int stack = 0; stack < content.stackCount(); stack++) {
      columns.number(stack - content.stackParent(stack));
    }
    for (int stack = 0; stack < content.stackCount(); stack++) {
      columns.number(content.stackLabel(stack));
    }
    columns.rising(content.rowStacks());
    columns.numbers(content.rowClasses());
    columns.numbers(content.rowThreads());
    for (PageContent.MetricParts metric : content.metrics()) {
      for (PageParts.Part part : metric.parts().parts()) {
        part.write(columns);
      }
    }
    columns.flush();
  }

  private static int number(Map<String, Integer> strings, String string) {
    return strings.computeIfAbsent(string, key -> strings.size());
  }

  private static int[] column(List<FlameLabel> labels, ToIntFunction<FlameLabel> value) {
    return labels.stream().mapToInt(value).toArray();
  }

  private CharSequence head(Map<String, Integer> strings) throws IOException {
    StringBuilder text = new StringBuilder();
    JsonWriter json = new JsonWriter(text);
    json.open('{');
    ViewFacts.write(view, words.caveats(), json);
    json.name("comparedWith").value(words.comparedWith());
    json.name("tree").value(view.shape().inverted() ? "up" : "down");
    json.name("split").value(view.shape().byThread() ? "by-thread" : "no");
    json.name("depth").value(view.shape().maxDepth());
    json.name("rootLabel").value(content.rootLabel());
    json.name("unknownLabel").value(FlameLabels.UNKNOWN_STACK);
    json.name("deeperLabel").value(FlameLabels.DEEPER);
    json.name("foldedLabel").value(content.foldedLabel());
    json.name("labels").value(content.labels().size());
    json.name("stacks").value(content.stackCount());
    json.name("rows").value(content.rowStacks().length);
    strings(json.name("strings"), strings.keySet());
    strings(json.name("threads"), content.threads());
    json.name("threadLabels").open('[');
    for (int label : content.threadLabels()) {
      json.value(label);
    }
    json.close(']');
    TimelineJson.write(view.model(), json);
    json.name("metrics").open('[');
    for (PageContent.MetricParts metric : content.metrics()) {
      metric(json, metric.key(), metric.view(), metric.parts());
    }
    json.close(']').close('}');
    return text;
  }

  private static void strings(JsonWriter json, Iterable<String> values) throws IOException {
    json.open('[');
    for (String value : values) {
      json.value(value);
    }
    json.close(']');
  }

  private static void metric(JsonWriter json, String key, MetricView its, PageParts parts)
      throws IOException {
    json.open('{').name("key").value(key);
    json.name("heading").value(its.metric().heading());
    json.name("root").value(its.metric().root());
    @Nullable String moment = its.moment() == null ? null : MomentText.of(its.moment());
    json.name("moment").value(moment);
    json.name("nothing").value(its.metric().nothing());
    json.name("bytes").value(its.totals().totalBytes());
    json.name("objects").value(its.totals().totalObjects());
    json.name("starts");
    if (parts.isByTime()) {
      json.open('[');
      for (long start : parts.startMillis()) {
        json.value(start);
      }
      json.close(']');
    } else {
      json.value((Object) null);
    }
    json.name("parts").open('[');
    for (PageParts.Part part : parts.parts()) {
      json.value(part.entries());
    }
    json.close(']').close('}');
  }
}
