package dev.heaplight.viewer.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each format of a recording with two metrics, a stack that is not known and hostile names. */
class ExportsTest {
  private static final String HOSTILE = "<a>\"b\\,;\n😀";

  @TempDir Path directory;
  private TestRecording recording;

  @BeforeEach
  void create() throws IOException {
    recording = TestRecording.create(directory.resolve("test.heaplight"));
  }

  private interface Writer {
    void write(MetricView view, Appendable out) throws IOException;
  }

  private String exported(Writer writer) throws IOException {
    StringBuilder out = new StringBuilder();
    writer.write(view(), out);
    return out.toString();
  }

  private MetricView view() throws IOException {
    return MetricView.allocated(RecordingModel.read(recording.finish(1_500, 128, 2)));
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private void twoMetrics() {
    int stack =
        recording.stack(TestRecording.frame("Job.main", 1), TestRecording.frame("Job.run", 2));
    recording.allocation(stack, "byte[]", 3, 96);
    recording.allocation(0, "int[]", 1, 16);
    recording.peak(stack, "byte[]", 2, 64);
  }

  @Test
  void csvHasOneLineForEachStackClassAndThread() throws IOException {
    twoMetrics();
    assertEquals(
        lines(
            "metric,bytes,objects,class,thread,stack",
            "allocated,96,3,\"byte[]\",\"main\",\"Job.main:1;Job.run:2\"",
            "allocated,16,1,\"int[]\",\"main\",\"\""),
        exported(CsvRows::write));
  }

  @Test
  void csvQuotesNames() throws IOException {
    recording.allocation(HOSTILE, 1, 8, new Frame(HOSTILE, "run", "", 0));
    assertEquals(
        lines(
            "metric,bytes,objects,class,thread,stack",
            "allocated,8,1,\"<a>\"\"b\\,;\n😀\",\"main\",\"<a>\"\"b\\,__😀.run\""),
        exported(CsvRows::write));
  }

  @Test
  void speedscopeHasAProfileForEachMetric() throws IOException {
    twoMetrics();
    assertEquals(
        "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
            + "\"name\":\"allocate_memory\",\"exporter\":\"heaplight\",\"activeProfileIndex\":0,"
            + "\"profiles\":["
            + "{\"type\":\"sampled\",\"name\":\"Allocated\",\"unit\":\"bytes\",\"startValue\":0,"
            + "\"endValue\":112,\"samples\":[[0,1,2],[3,4]],\"weights\":[96,16]},"
            + "{\"type\":\"sampled\",\"name\":\"Live at peak\",\"unit\":\"bytes\",\"startValue\":0,"
            + "\"endValue\":64,\"samples\":[[0,1,2]],\"weights\":[64]}],"
            + "\"shared\":{\"frames\":["
            + "{\"name\":\"Job.main\",\"file\":\"Job.java\",\"line\":1},"
            + "{\"name\":\"Job.run\",\"file\":\"Job.java\",\"line\":2},"
            + "{\"name\":\"byte[]\"},{\"name\":\"[unknown stack]\"},{\"name\":\"int[]\"}]}}\n",
        exported(Speedscope::write));
  }

  @Test
  void dhatHasTotalsPeakAndEnd() throws IOException {
    twoMetrics();
    String dhat = exported(Dhat::write);
    assertTrue(
        dhat.contains(
            "\"pps\":["
                + "{\"tb\":96,\"tbk\":3,\"tl\":0,\"mb\":64,\"mbk\":2,\"gb\":64,\"gbk\":2,"
                + "\"eb\":0,\"ebk\":0,\"fs\":[1,2,3]},"
                + "{\"tb\":16,\"tbk\":1,\"tl\":0,\"mb\":0,\"mbk\":0,\"gb\":0,\"gbk\":0,"
                + "\"eb\":0,\"ebk\":0,\"fs\":[4,5]}],"
                + "\"ftbl\":[\"[root]\",\"byte[]\",\"Job.run(Job.java:2)\",\"Job.main(Job.java:1)\","
                + "\"int[]\",\"[unknown stack]\"]}"),
        dhat);
  }

  @Test
  void jsonHasEveryMetricOfARow() throws IOException {
    twoMetrics();
    String json = exported(RowsJson::write);
    assertTrue(
        json.contains(
            "\"metrics\":[{\"name\":\"allocated\",\"bytes\":112,\"objects\":4},"
                + "{\"name\":\"peak\",\"bytes\":64,\"objects\":2}]"),
        json);
    assertTrue(
        json.contains(
            "\"rows\":[{\"stack\":[0,1],\"class\":\"byte[]\",\"thread\":\"main\","
                + "\"bytes\":[96,64],\"objects\":[3,2]},"
                + "{\"stack\":[],\"class\":\"int[]\",\"thread\":\"main\","
                + "\"bytes\":[16,0],\"objects\":[1,0]}]}"),
        json);
  }

  @Test
  void jsonFormatsEscapeNames() throws IOException {
    recording.allocation(HOSTILE, 1, 8, new Frame(HOSTILE, "run", HOSTILE, 1));
    String escaped = "\"\\u003ca>\\\"b\\\\,;\\u000a😀\"";
    MetricView view = view();
    for (Writer writer : new Writer[] {Speedscope::write, Dhat::write, RowsJson::write}) {
      StringBuilder out = new StringBuilder();
      writer.write(view, out);
      assertTrue(out.toString().contains(escaped), out.toString());
      assertEquals(1, out.chars().filter(c -> c == '\n').count(), out.toString());
    }
  }

  @Test
  void dhatAddsUpThreadsSinceItsViewerWantsEachStackOnce() throws IOException {
    int stack = recording.stack(TestRecording.frame("Job.run", 2));
    recording.allocation(stack, "byte[]", 3, 96);
    recording.allocation(stack, "byte[]", recording.thread(2, "worker"), 1, 4);
    String dhat = exported(Dhat::write);
    assertTrue(
        dhat.contains(
            "\"pps\":[{\"tb\":100,\"tbk\":4,\"tl\":0,\"mb\":0,\"mbk\":0,\"gb\":0,\"gbk\":0,"
                + "\"eb\":0,\"ebk\":0,\"fs\":[1,2]}]"),
        dhat);
  }

  @Test
  void dhatMaximumIsNotBelowPeakOrEnd() throws IOException {
    int stack = recording.stack(TestRecording.frame("Job.run", 2));
    recording.allocation(stack, "byte[]", 3, 96).peak(stack, "byte[]", 1, 64);
    recording.live(TestRecording.SURVIVORS, stack, "byte[]", 2, 32);
    recording.offHeap(stack, "direct", 1, 1_024, 0, 0);
    String dhat = exported(Dhat::write);
    assertTrue(
        dhat.contains(
            "\"pps\":[{\"tb\":96,\"tbk\":3,\"tl\":0,\"mb\":64,\"mbk\":2,\"gb\":64,\"gbk\":1,"
                + "\"eb\":32,\"ebk\":2,\"fs\":[1,2]}]"),
        dhat);
  }

  @Test
  void longNamesAreKeptWhole() throws IOException {
    String name = "x".repeat(10_000);
    int stack = recording.stack(new Frame(name, "run", "Job.java", 1));
    recording.allocation(stack, name, recording.thread(2, name), 1, 8);
    MetricView view = view();
    for (Writer writer :
        new Writer[] {CsvRows::write, Speedscope::write, Dhat::write, RowsJson::write}) {
      StringBuilder out = new StringBuilder();
      writer.write(view, out);
      assertTrue(out.indexOf('"' + name + '"') >= 0, out.substring(0, 200));
    }
  }
}
