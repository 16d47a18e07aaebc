package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording in the format of Valgrind's DHAT, which the Firefox Profiler imports too: for each
 * stack and class what was allocated in all, what lived at the peak, and what lived at the end.
 * DHAT's viewer refuses a file in which a stack comes twice, so threads are added up.
 *
 * <p>A recording holds neither lifetimes by stack, which are 0 here, nor a stack's own maximum,
 * which is the larger of its figures at the peak and at the end. Source: valgrind.org, {@code
 * dhat/dh_main.c}, file version 2.
 */
public final class Dhat {
  private static final Set<Metric> METRICS =
      EnumSet.of(Metric.ALLOCATED, Metric.PEAK, Metric.SURVIVING);

  private final RecordingModel model;
  private final Dictionary dictionary;
  private final UnitedMetrics rows;
  private final MetricView allocated;
  private final @Nullable MetricView peak;
  private final @Nullable MetricView surviving;
  private final NumberedLabels labels;
  private final JsonWriter json;
  private final int[] placeOfLabel;
  private final List<String> places = new ArrayList<>();

  private Dhat(MetricView view, Appendable out) {
    this.model = view.model();
    this.dictionary = model.dictionary();
    this.rows = UnitedMetrics.acrossThreads(model, view.selection(), METRICS);
    this.allocated = rows.view(Metric.ALLOCATED).orElseThrow();
    this.peak = rows.view(Metric.PEAK).orElse(null);
    this.surviving = rows.view(Metric.SURVIVING).orElse(null);
    this.labels = new NumberedLabels(dictionary);
    this.json = new JsonWriter(out);
    this.placeOfLabel = new int[labels.count()];
    places.add("[root]");
  }

  /** Writes the recording of {@code view}, in its selection. */
  public static void write(MetricView view, Appendable out) throws IOException {
    new Dhat(view, out).write();
    out.append('\n');
  }

  private void write() throws IOException {
    json.open('{').name("dhatFileVersion").value(2);
    json.name("mode").value("heap").name("verb").value("Allocated");
    json.name("bklt").value((Object) true).name("bkacc").value((Object) false);
    json.name("bu").value("byte").name("bsu").value("bytes").name("bksu").value("objects");
    json.name("tu").value("ms").name("Mtu").value("ks").name("tuth").value(0);
    json.name("cmd").value(model.header().name()).name("pid").value(model.header().pid());
    LiveHeader moment = peak == null ? null : peak.moment();
    long end = model.durationMillis().orElse(0);
    json.name("tg").value(moment == null ? end : moment.elapsedMillis()).name("te").value(end);
    json.name("pps").open('[');
    StackFrames stacks = new StackFrames(dictionary);
    for (int row = 0; row < rows.rows(); row++) {
      place(row, stacks.outermostFirst(rows.stack(row)));
    }
    json.close(']').name("ftbl").open('[');
    for (String place : places) {
      json.value(place);
    }
    json.close(']').close('}');
  }

  private void place(int row, int[] outermostFirst) throws IOException {
    long peakBytes = bytes(peak, row);
    long peakObjects = objects(peak, row);
    long endBytes = bytes(surviving, row);
    long endObjects = objects(surviving, row);
    json.open('{');
    pair("tb", "tbk", rows.bytes(allocated, row), rows.objects(allocated, row));
    json.name("tl").value(0);
    pair("mb", "mbk", Math.max(peakBytes, endBytes), Math.max(peakObjects, endObjects));
    pair("gb", "gbk", peakBytes, peakObjects);
    pair("eb", "ebk", endBytes, endObjects);
    json.name("fs").open('[');
    json.value(place(labels.allocatedClass(rows.className(row))));
    for (int i = outermostFirst.length - 1; i >= 0; i--) {
      json.value(place(labels.frame(outermostFirst[i])));
    }
    if (outermostFirst.length == 0) {
      json.value(place(labels.unknownStack()));
    }
    json.close(']').close('}');
  }

  private void pair(String bytesKey, String objectsKey, long bytes, long objects)
      throws IOException {
    json.name(bytesKey).value(bytes).name(objectsKey).value(objects);
  }

  private long bytes(@Nullable MetricView view, int row) {
    return view == null ? 0 : rows.bytes(view, row);
  }

  private long objects(@Nullable MetricView view, int row) {
    return view == null ? 0 : rows.objects(view, row);
  }

  /** Number of a label in the table of places; numbers begin behind the root's. */
  private int place(int label) {
    if (placeOfLabel[label] == 0) {
      Frame frame = labels.of(label);
      placeOfLabel[label] = places.size();
      places.add(
          frame.methodName().isEmpty() ? frame.className() : FrameText.stackTraceLine(frame));
    }
    return placeOfLabel[label];
  }
}
