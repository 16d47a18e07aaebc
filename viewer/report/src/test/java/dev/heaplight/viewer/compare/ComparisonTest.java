package dev.heaplight.viewer.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingWriter;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.ModelJoiner;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.text.StackText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 1);

  @TempDir Path directory;
  private int files;

  @Test
  void changesAreRankedByGrowthAndToldApart() throws IOException {
    MetricView base = view("same", 10, "grew", 100, "shrank", 70, "gone", 5);
    MetricView next = view("new", 50, "same", 10, "grew", 130, "shrank", 30);
    Comparison comparison = Comparison.of(base, next, Scaling.NONE, true);
    assertEquals(
        List.of("new +50", "grew +30", "gone -5", "shrank -40"), ranked(Changes.of(comparison)));
    assertEquals(5, comparison.rows());
    assertEquals(
        List.of(ChangeKind.NEW, ChangeKind.GREW, ChangeKind.SHRANK, ChangeKind.GONE),
        Changes.of(comparison).kinds());
  }

  @Test
  void theSectionWithTheLargestGrowthComesFirst() throws IOException {
    MetricView base = view("grew", 100, "gone", 50, "shrank", 10);
    MetricView next = view("new", 50, "grew", 230, "shrank", 5);
    assertEquals(
        List.of(ChangeKind.GREW, ChangeKind.NEW, ChangeKind.GONE, ChangeKind.SHRANK),
        Changes.of(Comparison.of(base, next, Scaling.NONE, true)).kinds());
  }

  @Test
  void changesAddUpToTheDifferenceOfTheTotals() throws IOException {
    MetricView base = view("a", 10, "b", 100, "c", 70);
    MetricView next = view("b", 1, "c", 71, "d", 7, "e", 1_000);
    for (boolean lines : new boolean[] {true, false}) {
      Comparison comparison = Comparison.of(base, next, Scaling.NONE, lines);
      long grown = Changes.of(comparison).all().stream().mapToLong(Change::grownBytes).sum();
      assertEquals(next.totals().totalBytes() - base.totals().totalBytes(), grown);
    }
  }

  @Test
  void sameRecordingDoesNotDiffer() throws IOException {
    MetricView view = view("a", 10, "b", 100);
    Changes changes = Changes.of(Comparison.of(view, view, Scaling.TOTAL, true));
    assertEquals(List.of(), changes.all());
    StringBuilder text = new StringBuilder();
    ChangesText.write(changes, "stack", 10, text);
    assertTrue(
        text.toString().endsWith("Change +0 B in +0 objects\n\nNo stack differs.\n"),
        text.toString());
  }

  @Test
  void shiftedLinesDifferUnlessLinesAreIgnored() throws IOException {
    MetricView base = at(TestRecording.frame("com.acme.Job.run", 42), 96);
    MetricView next = at(TestRecording.frame("com.acme.Job.run", 43), 96);
    assertEquals(2, Changes.of(Comparison.of(base, next, Scaling.NONE, true)).all().size());
    assertEquals(List.of(), Changes.of(Comparison.of(base, next, Scaling.NONE, false)).all());
  }

  @Test
  void linesThatAreIgnoredAreAddedUpInOneRecording() throws IOException {
    TestRecording two = create();
    two.allocation("byte[]", 1, 10, TestRecording.frame("com.acme.Job.run", 42));
    two.allocation("byte[]", 1, 20, TestRecording.frame("com.acme.Job.run", 43));
    MetricView base = allocated(two);
    MetricView next = at(TestRecording.frame("com.acme.Job.run", 99), 50);
    List<Change> changes = Changes.of(Comparison.of(base, next, Scaling.NONE, false)).all();
    assertEquals(1, changes.size());
    assertEquals(30, changes.get(0).baseBytes());
    assertEquals(20, changes.get(0).grownBytes());
  }

  @Test
  void siteAddsUpAllPathsToIt() throws IOException {
    Frame site = TestRecording.frame("com.acme.Pool.take", 7);
    TestRecording before = create();
    before.allocation("byte[]", 1, 10, MAIN, site);
    TestRecording after = create();
    after.allocation("byte[]", 1, 10, site);
    after.allocation("byte[]", 1, 6, TestRecording.frame("com.acme.Other.main", 3), site);
    Comparison comparison =
        Comparison.of(allocated(before), allocated(after), Scaling.NONE, true).bySite();
    assertEquals(1, comparison.rows());
    Change change = comparison.row(0);
    assertEquals(10, change.baseBytes());
    assertEquals(16, change.newBytes());
    assertEquals(2, change.newObjects());
    assertEquals(
        List.of("com.acme.Pool.take(Pool.java:7)"),
        StackText.lines(comparison.dictionary(), change.stack()));
  }

  @Test
  void normalizingComparesShares() throws IOException {
    MetricView base = view("a", 100, "b", 300);
    MetricView next = view("a", 400, "b", 400);
    Comparison comparison = Comparison.of(base, next, Scaling.TOTAL, true);
    assertEquals(2.0, comparison.factor());
    assertEquals(800, comparison.scaledBaseBytes());
    assertEquals(List.of("a +200", "b -200"), ranked(Changes.of(comparison)));
  }

  @Test
  void recordingsAreScaledToTheSameNumber() throws IOException {
    MetricView one = view("a", 100);
    ModelJoiner three = new ModelJoiner();
    for (int i = 0; i < 3; i++) {
      three.add(view("a", 110).model());
    }
    MetricView next = MetricView.allocated(three.model(directory));
    assertEquals(
        List.of("a +30"), ranked(Changes.of(Comparison.of(one, next, Scaling.RECORDINGS, true))));
  }

  @Test
  void nothingCannotBeScaled() throws IOException {
    MetricView nothing = allocated(create());
    MetricView next = view("a", 100);
    assertEquals(1.0, Comparison.of(nothing, next, Scaling.TOTAL, true).factor());
    assertEquals(1.0, Comparison.of(next, nothing, Scaling.TOTAL, true).factor());
  }

  @Test
  void differentMetricsAreRefused() throws IOException {
    TestRecording recording = create();
    recording.survivors();
    RecordingModel model = RecordingModel.read(recording.finish(1_500, 128, 2));
    MetricView surviving = MetricView.of(model, Metric.SURVIVING).orElseThrow();
    assertThrows(
        IllegalArgumentException.class,
        () -> Comparison.of(MetricView.allocated(model), surviving, Scaling.NONE, true));
  }

  @Test
  void textAndJsonShowTheSameTotals() throws IOException {
    Changes changes =
        Changes.of(Comparison.of(view("a", 10, "b", 1), view("a", 2_048), Scaling.NONE, true));
    StringBuilder text = new StringBuilder();
    ChangesText.write(changes, "stack", 1, text);
    assertEquals(
        "Bytes allocated\n"
            + "Base   11 B (11 bytes) in 2 objects, 1 recording: "
            + changes.comparison().base().model().file()
            + "\n"
            + "New    2.00 KiB (2,048 bytes) in 1 objects, 1 recording: "
            + changes.comparison().next().model().file()
            + "\n"
            + "Change +1.99 KiB (+18518.2 %) in -1 objects\n"
            + "\n"
            + "Grew: 1 stack, +1.99 KiB\n"
            + "  +1.99 KiB  10 B -> 2.00 KiB (+20380.0 %), +0 objects  byte[]\n"
            + "             at com.acme.Job.a(Job.java:7)\n"
            + "                com.acme.Job.main(Job.java:1)\n"
            + "\n"
            + "Gone: 1 stack, -1 B\n"
            + "       -1 B  1 B -> 0 B, -1 object  byte[]\n"
            + "             at com.acme.Job.b(Job.java:7)\n"
            + "                com.acme.Job.main(Job.java:1)\n",
        text.toString());
    StringBuilder json = new StringBuilder();
    ChangesJson.write(changes, 1, json);
    assertTrue(json.toString().contains("\"bytes\":11,\"objects\":2,"), json.toString());
    assertTrue(json.toString().contains("\"bytes\":2048,\"objects\":1,"), json.toString());
    assertTrue(
        json.toString()
            .contains(
                "{\"change\":\"grew\",\"grownBytes\":2038,\"grownObjects\":0,\"baseBytes\":10,\"baseObjects\":1,"
                    + "\"newBytes\":2048,\"newObjects\":1,\"class\":\"byte[]\",\"frames\":["
                    + "\"com.acme.Job.a(Job.java:7)\",\"com.acme.Job.main(Job.java:1)\"]}"),
        json.toString());
  }

  @Test
  void howTheTwoWereRecordedDifferentlyIsSaid() throws IOException {
    TestRecording bound = create();
    int stack = bound.stack(MAIN);
    bound.allocation(stack, "byte[]", 1, 10);
    bound.live(new LiveHeader(LiveKind.SURVIVORS, 9, 2, "", 1), stack, "byte[]", 1, 10);
    TestRecording seen = create();
    seen.allocation(seen.stack(MAIN), "byte[]", 1, 10).note("degraded: no room");
    seen.survivors().flush(9, 128, 2);
    MetricView base = surviving(bound.finish(1_500, 128, 2));
    MetricView next = surviving(seen.abandon());
    StringBuilder text = new StringBuilder();
    ChangesText.write(Changes.of(Comparison.of(base, next, Scaling.NONE, true)), "stack", 9, text);
    assertTrue(
        text.toString()
            .endsWith(
                """

                Caveat (base): No garbage collection was seen after the scope's end: what survived\
                 is an upper bound.

                Caveat (new): This recording did not end cleanly: the worker still runs or was\
                 killed; at most the last flush is missing.

                Caveat (new): degraded: no room
                """),
        text.toString());
    assertEquals(List.of(), ComparisonCaveats.ofBoth(base, next));
  }

  @Test
  void anotherModeIntervalOrJvmIsSaid() throws IOException {
    Path file = directory.resolve("sampled.heaplight");
    try (RecordingWriter writer =
        RecordingWriter.create(
            file,
            new RecordingHeader(
                "job", "task", "1", new LinkedHashMap<>(), "sampled", 0, 1, "here", "J9", "9"))) {
      writer.finish(new Progress(1, 1, 1, 1, 0, 4_096), "closed");
    }
    MetricView next = MetricView.allocated(RecordingModel.read(file));
    assertEquals(
        List.of(
            "The mode was not the same: base=exact, new=sampled.",
            "The agent was not the same: base=0.1.0, new=9.",
            "The sampling interval at the end was not the same: base=1 B, new=4.00 KiB.",
            "The JVM was not the same: base=OpenJDK 17.0.15, new=J9."),
        ComparisonCaveats.ofBoth(allocated(create()), next));
  }

  private static MetricView surviving(Path file) throws IOException {
    return MetricView.of(RecordingModel.read(file), Metric.SURVIVING).orElseThrow();
  }

  @Test
  void jsonListsNoMoreThanAskedOfEachDirection() throws IOException {
    Changes changes =
        Changes.of(
            Comparison.of(view("a", 1, "b", 2, "c", 3), view("d", 4, "e", 5), Scaling.NONE, true));
    StringBuilder json = new StringBuilder();
    ChangesJson.write(changes, 1, json);
    assertTrue(json.toString().contains("Job.e("));
    assertTrue(json.toString().contains("Job.c("));
    assertFalse(json.toString().contains("Job.d("));
    assertFalse(json.toString().contains("Job.a("));
  }

  private static List<String> ranked(Changes changes) {
    return changes.all().stream()
        .map(
            change ->
                StackText.lines(changes.comparison().dictionary(), change.stack())
                        .get(0)
                        .replaceAll(".*Job\\.(\\w+)\\(.*", "$1")
                    + String.format(" %+d", change.grownBytes()))
        .toList();
  }

  /** A view of methods of one class and the bytes each allocated. */
  private MetricView view(Object... methodsAndBytes) throws IOException {
    TestRecording recording = create();
    for (int i = 0; i < methodsAndBytes.length; i += 2) {
      Frame frame = TestRecording.frame("com.acme.Job." + methodsAndBytes[i], 7);
      recording.allocation("byte[]", 1, (Integer) methodsAndBytes[i + 1], MAIN, frame);
    }
    return allocated(recording);
  }

  private MetricView at(Frame frame, long bytes) throws IOException {
    return allocated(create().allocation("byte[]", 1, bytes, frame));
  }

  private TestRecording create() throws IOException {
    return TestRecording.create(directory.resolve("r-" + files++ + ".heaplight"));
  }

  private static MetricView allocated(TestRecording recording) throws IOException {
    return MetricView.allocated(RecordingModel.read(recording.finish(1_500, 128, 2)));
  }
}
