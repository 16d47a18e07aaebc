package dev.heaplight.viewer.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Frame;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.ModelJoiner;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
  private static final Frame RUN = TestRecording.frame("com.acme.Job.run", 42);
  private static final LiveHeader AT_CLOSE = new LiveHeader(LiveKind.SURVIVORS, 9, 2, "", 1);
  private static final LiveHeader NO_GC = new LiveHeader(LiveKind.PEAK, 9, 0, "", 1);

  @TempDir Path directory;
  private int files;

  @Test
  void asMuchAsIsAllowedIsKept() throws IOException {
    RecordingModel model = read(create().allocation("byte[]", 1, 96, RUN));
    assertEquals(Verdict.Outcome.KEPT, check(Metric.ALLOCATED, 96, model).outcome());
    Verdict over = check(Metric.ALLOCATED, 95, model);
    assertEquals(Verdict.Outcome.EXCEEDED, over.outcome());
    assertEquals(
        List.of(new Culprit("byte[]", 96, 1, List.of("com.acme.Job.run(Job.java:42)"))),
        over.culprits());
  }

  @Test
  void figureThatIsNotThereShowsNothing() throws IOException {
    RecordingModel model = read(create().allocation("byte[]", 1, 96, RUN));
    for (Metric metric : List.of(Metric.PEAK, Metric.SURVIVING, Metric.TEMPORARY)) {
      Verdict verdict = check(metric, Long.MAX_VALUE, model);
      assertEquals(Verdict.Outcome.UNKNOWN, verdict.outcome());
      assertEquals("it has no " + metric.key() + " figures", BudgetText.why(verdict));
    }
    assertEquals(Verdict.Outcome.KEPT, check(Metric.OFF_HEAP, 0, model).outcome());
  }

  @Test
  void peakWithoutACollectionIsAnUpperBound() throws IOException {
    TestRecording recording = create();
    recording.live(NO_GC, recording.stack(RUN), "byte[]", 1, 2_048);
    RecordingModel model = read(recording);
    Verdict within = check(Metric.PEAK, 2_048, model);
    assertEquals(Verdict.Outcome.KEPT, within.outcome());
    assertEquals(Grounds.NO_COLLECTION, within.grounds());
    Verdict over = check(Metric.PEAK, 2_047, model);
    assertEquals(Verdict.Outcome.UNKNOWN, over.outcome());
    assertEquals(
        "2.00 KiB (2,048 bytes) live at peak are an upper bound, since no garbage collection ran in"
            + " it",
        BudgetText.why(over));
  }

  @Test
  void survivorsAreKnownOnlyOnceACollectionWasSeenAfterTheEnd() throws IOException {
    TestRecording recording = create();
    recording.live(AT_CLOSE, recording.stack(RUN), "byte[]", 1, 2_048);
    RecordingModel atClose = read(recording);
    assertEquals(Verdict.Outcome.KEPT, check(Metric.SURVIVING, 2_048, atClose).outcome());
    Verdict over = check(Metric.SURVIVING, 2_047, atClose);
    assertEquals(Verdict.Outcome.UNKNOWN, over.outcome());
    assertEquals(Grounds.NO_COLLECTION_AFTER, over.grounds());
    RecordingModel after = read(withSurvivors(2_048));
    assertEquals(Verdict.Outcome.EXCEEDED, check(Metric.SURVIVING, 2_047, after).outcome());
  }

  @Test
  void sumIsAnUpperBoundAsSoonAsAPartIs() throws IOException {
    TestRecording bound = create();
    bound.live(AT_CLOSE, bound.stack(RUN), "byte[]", 1, 2_048);
    RecordingModel boundModel = read(bound);
    ModelJoiner exact = new ModelJoiner();
    exact.add(read(withSurvivors(1_024)));
    exact.add(read(withSurvivors(1_024)));
    assertEquals(
        Verdict.Outcome.EXCEEDED, check(Metric.SURVIVING, 2_047, exact.model(directory)).outcome());
    exact.add(boundModel);
    assertEquals(
        Verdict.Outcome.UNKNOWN, check(Metric.SURVIVING, 2_047, exact.model(directory)).outcome());
  }

  @Test
  void budgetIsOfTheSelection() throws IOException {
    RecordingModel model = read(create().allocation("byte[]", 1, 96, RUN));
    Selection none =
        new Selection(List.of(), List.of(Pattern.compile("int")), List.of(), List.of());
    assertEquals(
        Verdict.Outcome.KEPT, new Budget(Metric.ALLOCATED, 0).check(model, none).outcome());
  }

  @Test
  void jsonSaysAllOfIt() throws IOException {
    TestRecording recording = create();
    recording.allocation("byte[]", 1, 96, RUN);
    RecordingModel model = read(recording);
    StringBuilder json = new StringBuilder();
    Budget allocated = new Budget(Metric.ALLOCATED, 95);
    Budget peak = new Budget(Metric.PEAK, 1);
    BudgetJson.write(
        false,
        List.of(allocated, peak),
        1,
        List.of(allocated.check(model, Selection.ALL), peak.check(model, Selection.ALL)),
        Map.of("x.heaplight", "damaged"),
        json);
    String subject =
        "{\"file\":\""
            + model.file()
            + "\",\"recordings\":1,\"name\":\"allocate_memory\",\"id\":\"t-1\",";
    assertEquals(
        "{\"ok\":false,\"recordings\":1,\"budgets\":["
            + "{\"metric\":\"allocated\",\"limitBytes\":95},{\"metric\":\"peak\",\"limitBytes\":1}],"
            + "\"violations\":["
            + subject
            + "\"metric\":\"allocated\",\"bytes\":96,\"limitBytes\":95,\"stacks\":["
            + "{\"class\":\"byte[]\",\"bytes\":96,\"share\":1.0,"
            + "\"frames\":[\"com.acme.Job.run(Job.java:42)\"]}]}],\"unknown\":["
            + subject
            + "\"metric\":\"peak\",\"bytes\":null,\"limitBytes\":1,"
            + "\"why\":\"it has no peak figures\"}],\"keptByUpperBound\":0,"
            + "\"unreadable\":[{\"file\":\"x.heaplight\",\"error\":\"damaged\"}]}\n",
        json.toString());
  }

  private TestRecording create() throws IOException {
    return TestRecording.create(directory.resolve("r-" + files++ + ".heaplight"));
  }

  private TestRecording withSurvivors(long bytes) throws IOException {
    TestRecording recording = create();
    return recording.live(TestRecording.SURVIVORS, recording.stack(RUN), "byte[]", 1, bytes);
  }

  private static RecordingModel read(TestRecording recording) throws IOException {
    return RecordingModel.read(recording.finish(1_500, 128, 2));
  }

  private static Verdict check(Metric metric, long limit, RecordingModel model) {
    return new Budget(metric, limit).check(model, Selection.ALL);
  }
}
