package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.text.FrameText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A recording as a pprof profile: {@code profile.proto} in gzip, with every metric the recording
 * has. One sample for each stack, class and thread; class, thread and scope are labels.
 *
 * <p>Sample types are those of Go's heap profiles, so that its tools know them, behind our own:
 * what was allocated is {@code alloc_*}, what the scope left alive {@code inuse_*}.
 *
 * <p>Layout: the fields of a message may come in any order, so samples are streamed and the tables
 * they refer to follow. Source: github.com/google/pprof, {@code proto/profile.proto}.
 */
public final class Pprof {
  private static final int SAMPLE_TYPE = 1;
  private static final int SAMPLE = 2;
  private static final int LOCATION = 4;
  private static final int FUNCTION = 5;
  private static final int STRING_TABLE = 6;
  private static final int TIME_NANOS = 9;
  private static final int DURATION_NANOS = 10;
  private static final int PERIOD_TYPE = 11;
  private static final int PERIOD = 12;
  private static final int COMMENT = 13;
  private static final int DEFAULT_SAMPLE_TYPE = 14;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private record FunctionKey(String className, String methodName, String fileName) {}

  private final MetricView asked;
  private final RecordingModel model;
  private final Dictionary dictionary;
  private final UnitedMetrics rows;
  private final List<MetricView> order;
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<FunctionKey, Integer> functions = new HashMap<>();
  private final ProtoMessage message = new ProtoMessage();
  private final ProtoMessage part = new ProtoMessage();
  private final ProtoMessage inner = new ProtoMessage();
  private final boolean[] usedFrames;
  private boolean unknownStack;
  private long[] locations = new long[64];

  private Pprof(MetricView view) {
    this.asked = view;
    this.model = view.model();
    this.dictionary = model.dictionary();
    this.rows = UnitedMetrics.of(model, view.selection());
    this.order = ordered(rows.views());
    this.usedFrames = new boolean[dictionary.frameCount()];
    string(""); // the format wants the empty string to be number 0
  }

  /**
   * Writes all metrics of the recording of {@code view} to {@code out}, which the caller closes.
   *
   * @param view whose selection applies, and whose metric is shown first
   */
  public static void write(MetricView view, OutputStream out) throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16);
    new Pprof(view).writeProfile(zipped);
    zipped.finish();
  }

  /** Go's four types come last and in Go's order. */
  private static List<MetricView> ordered(List<MetricView> views) {
    List<MetricView> order = new ArrayList<>(views);
    order.sort((a, b) -> Integer.compare(rank(a.metric()), rank(b.metric())));
    return order;
  }

  private static int rank(Metric metric) {
    return switch (metric) {
      case PEAK -> 0;
      case TEMPORARY -> 1;
      case OFF_HEAP -> 2;
      case OFF_HEAP_LIVE -> 3;
      case ALLOCATED -> 4;
      case SURVIVING -> 5;
    };
  }

  private static String prefix(Metric metric) {
    return switch (metric) {
      case ALLOCATED -> "alloc";
      case SURVIVING -> "inuse";
      case PEAK, TEMPORARY, OFF_HEAP, OFF_HEAP_LIVE -> metric.key().replace('-', '_');
    };
  }

  private void writeProfile(OutputStream out) throws IOException {
    message.clear();
    for (MetricView view : order) {
      message.message(SAMPLE_TYPE, valueType(prefix(view.metric()) + "_objects", "count"));
      message.message(SAMPLE_TYPE, valueType(prefix(view.metric()) + "_space", "bytes"));
    }
    message.integer(DEFAULT_SAMPLE_TYPE, string(prefix(asked.metric()) + "_space"));
    message.integer(TIME_NANOS, model.header().startEpochMillis() * NANOS_PER_MILLI);
    message.integer(DURATION_NANOS, model.durationMillis().orElse(0) * NANOS_PER_MILLI);
    message.message(PERIOD_TYPE, valueType("space", "bytes"));
    long interval = model.progress() == null ? 1 : model.progress().samplingIntervalBytes();
    message.integer(PERIOD, Math.max(1, interval));
    for (String caveat : asked.caveats()) {
      message.integer(COMMENT, string(caveat));
    }
    message.writeTo(out);
    samples(out);
    locationsAndFunctions(out);
    strings(out);
  }

  private ProtoMessage valueType(String type, String unit) {
    return part.clear().integer(1, string(type)).integer(2, string(unit));
  }

  private void samples(OutputStream out) throws IOException {
    long[] values = new long[order.size() * 2];
    RecordingHeader header = model.header();
    for (int row = 0; row < rows.rows(); row++) {
      int at = 0;
      for (MetricView view : order) {
        values[at++] = rows.objects(view, row);
        values[at++] = rows.bytes(view, row);
      }
      int depth = locations(rows.stack(row)); // may replace the array, so before it is passed on
      part.clear().packed(1, locations, depth).packed(2, values, at);
      label("class", dictionary.string(rows.className(row)));
      label("thread", dictionary.thread(rows.thread(row)).name());
      label(header.kind(), header.name());
      message.clear().message(SAMPLE, part).writeTo(out);
    }
  }

  private void label(String key, String value) {
    part.message(3, inner.clear().integer(1, string(key)).integer(2, string(value)));
  }

  /** Fills in the location ids of a stack, innermost first; returns how many. */
  private int locations(int stack) {
    int depth = 0;
    if (stack == Dictionary.EMPTY_STACK) {
      unknownStack = true;
      locations[depth++] = unknownLocation();
    }
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      if (depth == locations.length) {
        locations = Arrays.copyOf(locations, depth * 2);
      }
      int frame = dictionary.frameOf(at);
      usedFrames[frame] = true;
      locations[depth++] = frame + 1L; // ids must not be 0
    }
    return depth;
  }

  private long unknownLocation() {
    return dictionary.frameCount() + 1L;
  }

  private void locationsAndFunctions(OutputStream out) throws IOException {
    for (int frame = 0; frame < usedFrames.length; frame++) {
      if (usedFrames[frame]) {
        Frame value = dictionary.frame(frame);
        location(out, frame + 1L, value, FrameText.method(value));
      }
    }
    if (unknownStack) {
      location(out, unknownLocation(), new Frame("", "", "", 0), FrameText.UNKNOWN_STACK);
    }
  }

  private void location(OutputStream out, long id, Frame frame, String name) throws IOException {
    FunctionKey key = new FunctionKey(frame.className(), frame.methodName(), frame.fileName());
    Integer known = functions.get(key);
    int function = known == null ? functions.size() + 1 : known;
    message.clear();
    if (known == null) {
      functions.put(key, function);
      part.clear().integer(1, function).integer(2, string(name)).integer(3, string(name));
      message.message(FUNCTION, part.integer(4, string(frame.fileName())));
    }
    inner.clear().integer(1, function).integer(2, Math.max(0, frame.line()));
    message.message(LOCATION, part.clear().integer(1, id).message(4, inner)).writeTo(out);
  }

  private int string(String value) {
    return strings.computeIfAbsent(value, unused -> strings.size());
  }

  private void strings(OutputStream out) throws IOException {
    String[] table = new String[strings.size()];
    strings.forEach((value, number) -> table[number] = value);
    for (String value : table) {
      message.clear().string(STRING_TABLE, value).writeTo(out);
    }
  }
}
