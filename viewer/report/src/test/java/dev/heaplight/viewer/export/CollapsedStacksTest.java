package dev.heaplight.viewer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollapsedStacksTest {
  private static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 7);
  private static final Frame RUN = TestRecording.frame("com.acme.Job.run", 42);

  @TempDir Path directory;

  @Test
  void oneLineForEachStackAndClassInOrderOfTheirText() throws IOException {
    TestRecording recording = recording();
    recording.allocation("java.lang.String", 1, 24, MAIN, RUN);
    recording.allocation(Dictionary.EMPTY_STACK, "int[]", 1, 32);
    recording.allocation("byte[]", 2, 64, MAIN, RUN);
    recording.allocation("byte[]", 1, 16, MAIN);
    assertEquals(
        """
        [unknown stack];int[] 32
        com.acme.Job.main:7;byte[] 16
        com.acme.Job.main:7;com.acme.Job.run:42;byte[] 64
        com.acme.Job.main:7;com.acme.Job.run:42;java.lang.String 24
        """,
        collapsed(recording));
  }

  @Test
  void separatorsInNamesAreReplaced() throws IOException {
    TestRecording recording = recording();
    recording.allocation("a;b\nc ", 1, 8, new Frame("x;y", "z\r", "X.java", 1));
    recording.allocation(" ", 1, 9, new Frame("d", "e", "", Frame.UNKNOWN_LINE));
    assertEquals("d.e;_ 9\nx_y.z_:1;a_b_c 8\n", collapsed(recording));
  }

  @Test
  void namesThatBecomeTheSameAreOneLine() throws IOException {
    TestRecording recording = recording();
    recording.allocation("a;b", 1, 8, RUN).allocation("a_b", 1, 8, RUN);
    assertEquals("com.acme.Job.run:42;a_b 16\n", collapsed(recording));
  }

  @Test
  void linesSumUpToAllBytesAndAreDistinct() throws IOException {
    TestRecording recording = RealisticRecording.create(file(), 3_000, 3);
    RecordingModel model = RecordingModel.read(recording.finish(1, 1, 0));
    StringBuilder out = new StringBuilder();
    CollapsedStacks.write(MetricView.allocated(model), out);
    List<String> lines = out.toString().lines().toList();
    long sum =
        lines.stream().mapToLong(l -> Long.parseLong(l.substring(l.lastIndexOf(' ') + 1))).sum();
    assertEquals(model.totals().totalBytes(), sum);
    assertEquals(
        lines.size(),
        lines.stream().map(l -> l.substring(0, l.lastIndexOf(' '))).distinct().count());
  }

  @Test
  void metricsHaveLinesOfTheirOwn() throws IOException {
    TestRecording recording = recording();
    int stack = recording.stack(MAIN, RUN);
    recording.allocation(stack, "byte[]", 9, 900).peak(stack, "byte[]", 1, 100);
    recording.offHeap(stack, "direct", 2, 2_048, 1, 1_024);
    RecordingModel model = RecordingModel.read(recording.finish(1, 1, 0));
    StringBuilder out = new StringBuilder();
    for (Metric metric : List.of(Metric.PEAK, Metric.OFF_HEAP, Metric.OFF_HEAP_LIVE)) {
      CollapsedStacks.write(MetricView.of(model, metric).orElseThrow(), out);
    }
    assertEquals(
        """
        com.acme.Job.main:7;com.acme.Job.run:42;byte[] 100
        com.acme.Job.main:7;com.acme.Job.run:42;direct 2048
        com.acme.Job.main:7;com.acme.Job.run:42;direct 1024
        """,
        out.toString());
  }

  @Test
  void emptyRecordingHasNoLines() throws IOException {
    assertEquals("", collapsed(recording()));
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private TestRecording recording() throws IOException {
    return TestRecording.create(file());
  }

  private static String collapsed(TestRecording recording) throws IOException {
    StringBuilder out = new StringBuilder();
    CollapsedStacks.write(
        MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), out);
    return out.toString();
  }
}
