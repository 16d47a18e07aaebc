package dev.heaplight.viewer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PprofTest {
  private static final Frame MAIN = TestRecording.frame("Job.main", 1);
  private static final Frame RUN = TestRecording.frame("Job.run", 2);
  private static final LiveHeader TEMPORARY = new LiveHeader(LiveKind.TEMPORARY, 1_400, 3, "", 4);

  @TempDir Path directory;

  @Test
  void everyMetricIsAPairOfTypesAndGosComeLast() throws IOException {
    DecodedProfile profile = profile(everything(), Metric.ALLOCATED);
    assertEquals(
        List.of(
            "peak_objects/count",
            "peak_space/bytes",
            "temporary_objects/count",
            "temporary_space/bytes",
            "off_heap_objects/count",
            "off_heap_space/bytes",
            "off_heap_live_objects/count",
            "off_heap_live_space/bytes",
            "alloc_objects/count",
            "alloc_space/bytes",
            "inuse_objects/count",
            "inuse_space/bytes"),
        profile.sampleTypes());
    assertEquals("alloc_space", profile.defaultSampleType());
  }

  @Test
  void oneSampleHasAllFiguresOfAStackClassAndThread() throws IOException {
    String stack = "Job.run(Job.java:2) < Job.main(Job.java:1) | ";
    assertEquals(
        List.of(
            stack
                + "[2, 64, 4, 128, 0, 0, 0, 0, 9, 288, 1, 32]"
                + " | class=byte[] thread=main task=allocate_memory",
            stack
                + "[0, 0, 0, 0, 0, 0, 0, 0, 1, 16, 0, 0]"
                + " | class=byte[] thread=worker task=allocate_memory",
            stack
                + "[0, 0, 0, 0, 2, 2048, 1, 1024, 0, 0, 0, 0]"
                + " | class=direct thread=main task=allocate_memory"),
        profile(everything(), Metric.ALLOCATED).samples());
  }

  @Test
  void metricAskedForIsTheDefaultType() throws IOException {
    RecordingModel model = RecordingModel.read(everything().finish(1_500, 128, 2));
    Map.of(Metric.SURVIVING, "inuse_space", Metric.OFF_HEAP_LIVE, "off_heap_live_space")
        .forEach((metric, type) -> assertEquals(type, defaultType(model, metric)));
  }

  @Test
  void profileKnowsItsTimeAndPeriod() throws IOException {
    DecodedProfile profile = profile(everything(), Metric.ALLOCATED);
    assertEquals(1_767_225_600_000_000_000L, profile.integer(9));
    assertEquals(1_500_000_000L, profile.integer(10));
    assertEquals("space/bytes", profile.periodType());
    assertEquals(1, profile.integer(12));
  }

  @Test
  void idsAreUniqueAndNotZeroAndTheFirstStringIsEmpty() throws IOException {
    TestRecording recording = everything();
    recording.allocation(recording.stack(MAIN, TestRecording.frame("Job.run", 3)), "int[]", 1, 8);
    recording.allocation(0, "int[]", 1, 8);
    DecodedProfile profile = profile(recording, Metric.ALLOCATED);
    assertEquals("", profile.strings().get(0));
    assertEquals(profile.strings().size(), new HashSet<>(profile.strings()).size());
    assertEquals(4, profile.ids(4).size());
    assertEquals(3, profile.ids(5).size(), "lines of one method are one function");
    for (int table : new int[] {4, 5}) {
      List<Long> ids = profile.ids(table);
      assertEquals(ids.size(), new HashSet<>(ids).size());
      assertFalse(ids.contains(0L));
    }
  }

  @Test
  void functionOutsideOfJavaHasNoMethod() throws IOException {
    Frame outside = new Frame("libjvm.so", "", "", Frame.UNKNOWN_LINE);
    TestRecording recording = recording().allocation("int[]", 1, 8, MAIN, outside);
    assertEquals(
        List.of(
            "libjvm.so(:0) < Job.main(Job.java:1) | [1, 8] | class=int[] thread=main"
                + " task=allocate_memory"),
        profile(recording, Metric.ALLOCATED).samples());
  }

  @Test
  void stackThatIsNotKnownIsOneFrame() throws IOException {
    TestRecording recording = recording().allocation(0, "int[]", 1, 8);
    assertEquals(
        List.of("[unknown stack](:0) | [1, 8] | class=int[] thread=main task=allocate_memory"),
        profile(recording, Metric.ALLOCATED).samples());
  }

  @Test
  void deepStackIsWhole() throws IOException {
    Frame[] frames = new Frame[1_000];
    for (int line = 1; line <= frames.length; line++) {
      frames[line - 1] = TestRecording.frame("Job.run", line);
    }
    TestRecording recording = recording().allocation("int[]", 1, 8, frames);
    String sample = profile(recording, Metric.ALLOCATED).samples().get(0);
    assertEquals(1_000, sample.split(" < ").length);
    assertTrue(sample.startsWith("Job.run(Job.java:1000) < Job.run(Job.java:999) < "), sample);
  }

  @Test
  void namesAreKeptAsTheyAre() throws IOException {
    String hostile = "<a>\"b\\,;\r\n\u2028\u0000😀" + "x".repeat(10_000);
    TestRecording recording =
        TestRecording.create(directory.resolve("hostile.heaplight"), hostile, Map.of());
    int stack = recording.stack(new Frame(hostile, "run", hostile, Frame.NATIVE_LINE));
    recording.allocation(stack, hostile, recording.thread(2, hostile), 1, 8).note(hostile);
    DecodedProfile profile = profile(recording, Metric.ALLOCATED);
    String text = "%s.run(%s:0) | [1, 8] | class=%s thread=%s task=%s".replace("%s", hostile);
    assertEquals(List.of(text), profile.samples());
    assertEquals(List.of(hostile), profile.comments());
  }

  @Test
  void selectionLeavesOutSamplesOfEveryMetricAndIsAComment() throws IOException {
    MetricView view = view(everything(), Metric.ALLOCATED);
    Selection direct =
        new Selection(List.of(), List.of(Pattern.compile("direct")), List.of(), List.of());
    DecodedProfile profile = decoded(view.select(direct));
    assertEquals(1, profile.samples().size());
    assertTrue(profile.samples().get(0).contains("[0, 0, 0, 0, 2, 2048, 1, 1024, 0, 0, 0, 0]"));
    assertEquals(List.of("Only classes named direct."), profile.comments());
  }

  @Test
  void emptyRecordingHasTypesAndNoSamples() throws IOException {
    DecodedProfile profile = profile(recording(), Metric.ALLOCATED);
    assertEquals(List.of("alloc_objects/count", "alloc_space/bytes"), profile.sampleTypes());
    assertEquals(List.of(), profile.samples());
  }

  private TestRecording recording() throws IOException {
    return TestRecording.create(directory.resolve("test.heaplight"));
  }

  private TestRecording everything() throws IOException {
    TestRecording recording = recording();
    int stack = recording.stack(MAIN, RUN);
    recording.allocation(stack, "byte[]", 9, 288);
    recording.allocation(stack, "byte[]", recording.thread(2, "worker"), 1, 16);
    recording.peak(stack, "byte[]", 2, 64);
    recording.live(TestRecording.SURVIVORS, stack, "byte[]", 1, 32);
    recording.live(TEMPORARY, stack, "byte[]", 4, 128);
    return recording.offHeap(stack, "direct", 2, 2_048, 1, 1_024);
  }

  private static MetricView view(TestRecording recording, Metric metric) throws IOException {
    return MetricView.of(RecordingModel.read(recording.finish(1_500, 128, 2)), metric)
        .orElseThrow();
  }

  private static DecodedProfile profile(TestRecording recording, Metric metric) throws IOException {
    return decoded(view(recording, metric));
  }

  private static String defaultType(RecordingModel model, Metric metric) {
    try {
      return decoded(MetricView.of(model, metric).orElseThrow()).defaultSampleType();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DecodedProfile decoded(MetricView view) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Pprof.write(view, out);
    return DecodedProfile.of(out.toByteArray());
  }
}
