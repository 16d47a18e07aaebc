package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.flamegraph.FlameLabel.Kind;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlameGraphTest {
  private static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 7);

  @TempDir Path directory;

  @Test
  void childrenFollowTheirParentLargestFirst() throws IOException {
    TestRecording recording = recording();
    recording.allocation("byte[]", 1, 16, MAIN, TestRecording.frame("com.acme.Job.small", 8));
    recording.allocation("byte[]", 2, 64, MAIN, TestRecording.frame("com.acme.Job.large", 9));
    FlameGraph graph = graph(recording, 100);
    assertEquals(
        List.of(
            "0 all allocations 80",
            "1 com.acme.Job.main:7 80",
            "2 com.acme.Job.large:9 64",
            "3 byte[] 64",
            "2 com.acme.Job.small:8 16",
            "3 byte[] 16"),
        lines(graph));
    assertTrue(graph.isLeaf(3));
    assertTrue(graph.isLeaf(5));
  }

  @Test
  void framesAreTheSameWhenClassMethodAndLineAre() throws IOException {
    TestRecording recording = recording();
    recording.allocation("byte[]", 1, 16, new Frame("a.B", "c", "B.java", 1));
    recording.allocation("byte[]", 1, 16, new Frame("a.B", "c", "Other.java", 1));
    recording.allocation("byte[]", 1, 8, new Frame("a.B", "c", "B.java", 2));
    assertEquals(
        List.of("0 all allocations 40", "1 a.B.c:1 32", "2 byte[] 32", "1 a.B.c:2 8", "2 byte[] 8"),
        lines(graph(recording, 100)));
  }

  @Test
  void unknownStackIsAMarker() throws IOException {
    TestRecording recording = recording();
    recording.allocation(Dictionary.EMPTY_STACK, "byte[]", 1, 16);
    FlameGraph graph = graph(recording, 100);
    assertEquals("[unknown stack]", graph.label(1).text());
    assertEquals(Kind.MARKER, graph.label(1).kind());
  }

  @Test
  void jdkFramesApplicationFramesAndClassesAreTold() throws IOException {
    TestRecording recording = recording();
    recording.allocation(
        "java.lang.String",
        1,
        24,
        TestRecording.frame("javax.sql.Rows.next", 1),
        TestRecording.frame("javassist.Loader.load", 1));
    FlameGraph graph = graph(recording, 100);
    assertEquals(Kind.ROOT, graph.label(0).kind());
    assertEquals(Kind.JDK, graph.label(1).kind());
    assertEquals(Kind.APPLICATION, graph.label(2).kind());
    assertEquals(Kind.ALLOCATED_CLASS, graph.label(3).kind());
  }

  @Test
  void foldedFramesKeepEveryTotalExact() throws IOException {
    Path file = RealisticRecording.create(file(), 3_000, 5).finish(1, 1, 0);
    RecordingModel model = RecordingModel.read(file);
    FlameGraph whole = FlameGraph.of(MetricView.allocated(model), Integer.MAX_VALUE);
    FlameGraph folded = FlameGraph.of(MetricView.allocated(model), 500);
    assertEquals(0, whole.foldedNodes());
    assertEquals(whole.size(), 500 + folded.foldedNodes());
    assertTrue(folded.size() <= 1_000, "size=" + folded.size());
    assertTrue(folded.largestFoldedBytes() > 0);
    for (FlameGraph graph : List.of(whole, folded)) {
      long leafBytes = 0;
      long leafObjects = 0;
      for (int node = 0; node < graph.size(); node++) {
        leafBytes += graph.isLeaf(node) ? graph.bytes(node) : 0;
        leafObjects += graph.isLeaf(node) ? graph.objects(node) : 0;
      }
      assertEquals(model.totals().totalBytes(), leafBytes);
      assertEquals(model.totals().totalObjects(), leafObjects);
    }
  }

  @Test
  void labelsShortenToTheSimpleClassName() {
    FlameLabel frame = FlameLabel.frame(new Frame("com.acme.Job$Step", "run", "Job.java", 4));
    assertEquals("com.acme.Job$Step.run:4", frame.text());
    assertEquals("Job$Step.run:4", frame.shortText());
    FlameLabel array = FlameLabel.marker(Kind.ALLOCATED_CLASS, "java.lang.String[]");
    assertEquals("String[]", array.shortText());
    assertEquals("Job.run", FlameLabel.frame(new Frame("com.acme.Job", "run", "", -1)).shortText());
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private TestRecording recording() throws IOException {
    return TestRecording.create(file());
  }

  private static FlameGraph graph(TestRecording recording, int maxNodes) throws IOException {
    return FlameGraph.of(
        MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), maxNodes);
  }

  private static List<String> lines(FlameGraph graph) {
    List<String> lines = new ArrayList<>();
    for (int node = 0; node < graph.size(); node++) {
      lines.add(graph.depth(node) + " " + graph.label(node).text() + " " + graph.bytes(node));
    }
    return lines;
  }
}
