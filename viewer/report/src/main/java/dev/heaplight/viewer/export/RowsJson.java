package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;

/**
 * A recording as one JSON object: what it is, and bytes and objects of every metric by stack, class
 * and thread. Keys never change their meaning; new ones may be added.
 */
public final class RowsJson {
  private final MetricView view;
  private final Dictionary dictionary;
  private final UnitedMetrics rows;
  private final JsonWriter json;

  private RowsJson(MetricView view, Appendable out) {
    this.view = view;
    this.dictionary = view.model().dictionary();
    this.rows = UnitedMetrics.of(view.model(), view.selection());
    this.json = new JsonWriter(out);
  }

  /** Writes all metrics of the recording of {@code view}, in its selection. */
  public static void write(MetricView view, Appendable out) throws IOException {
    new RowsJson(view, out).write();
    out.append('\n');
  }

  private void write() throws IOException {
    json.open('{').name("file").value(view.model().file().toString());
    json.name("recordings").value(view.model().recordings());
    json.name("complete").value((Object) view.model().complete());
    header(view.model().header());
    json.name("caveats").open('[');
    for (String caveat : view.caveats()) {
      json.value(caveat);
    }
    json.close(']').name("metrics").open('[');
    for (MetricView metric : rows.views()) {
      json.open('{').name("name").value(metric.metric().key());
      json.name("bytes").value(metric.totals().totalBytes());
      json.name("objects").value(metric.totals().totalObjects()).close('}');
    }
    json.close(']');
    frames();
    rows();
    json.close('}');
  }

  private void header(RecordingHeader header) throws IOException {
    json.name("scope").open('{');
    json.name("name").value(header.name());
    json.name("kind").value(header.kind());
    json.name("id").value(header.id()).close('}');
    json.name("mode").value(header.mode());
    json.name("startEpochMillis").value(header.startEpochMillis());
    json.name("pid").value(header.pid());
    json.name("host").value(header.host());
    json.name("jvm").value(header.jvm());
    json.name("agentVersion").value(header.agentVersion());
  }

  private void frames() throws IOException {
    json.name("frames").open('[');
    for (int i = 0; i < dictionary.frameCount(); i++) {
      Frame frame = dictionary.frame(i);
      json.open('{').name("class").value(frame.className());
      json.name("method").value(frame.methodName());
      json.name("file").value(frame.fileName());
      json.name("line").value(frame.line()).close('}');
    }
    json.close(']');
  }

  private void rows() throws IOException {
    StackFrames stacks = new StackFrames(dictionary);
    json.name("rows").open('[');
    for (int row = 0; row < rows.rows(); row++) {
      json.open('{').name("stack").open('[');
      for (int frame : stacks.outermostFirst(rows.stack(row))) {
        json.value(frame);
      }
      json.close(']').name("class").value(dictionary.string(rows.className(row)));
      json.name("thread").value(dictionary.thread(rows.thread(row)).name());
      json.name("bytes").open('[');
      for (MetricView metric : rows.views()) {
        json.value(rows.bytes(metric, row));
      }
      json.close(']').name("objects").open('[');
      for (MetricView metric : rows.views()) {
        json.value(rows.objects(metric, row));
      }
      json.close(']').close('}');
    }
    json.close(']');
  }
}
