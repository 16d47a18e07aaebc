package dev.heaplight.viewer.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollUpTest {
  private static final int RECORDINGS = 1_000;

  @TempDir Path directory;

  @Test
  void rollUpEqualsTheSumOfItsPartsInAnyOrder() throws IOException {
    Random random = new Random(42);
    List<RecordingModel> models = new ArrayList<>();
    long[] bytes = new long[3];
    int[] calls = new int[3];
    for (int i = 0; i < RECORDINGS; i++) {
      int name = random.nextInt(3);
      long allocated = 1L + random.nextInt(1_000_000);
      models.add(model(i, "task-" + name, allocated, allocated / 2));
      bytes[name] += allocated;
      calls[name]++;
    }
    String text = report(rollUp(models));
    RollUp left = rollUp(models.subList(0, 300));
    left.join(rollUp(models.subList(300, RECORDINGS)));
    assertEquals(text, report(left));
    Collections.shuffle(models, random);
    RollUp shuffled = rollUp(models);
    assertEquals(text, report(shuffled));
    int name = 0;
    for (RollUpGroup group : shuffled.groups()) {
      assertEquals("task-" + name, group.name());
      assertEquals(bytes[name], group.allocatedBytes());
      assertEquals(calls[name], group.recordings());
      name++;
    }
  }

  @Test
  void percentilesAreOfTheNearestRank() throws IOException {
    RollUp rollUp = new RollUp();
    for (int i = 1; i <= 20; i++) {
      rollUp.add(model(i, "task", 1_000, i));
    }
    RollUpGroup group = rollUp.groups().iterator().next();
    assertEquals(10, group.peakBytes(0.5));
    assertEquals(19, group.peakBytes(0.95));
    assertEquals(20, group.peakBytes(1));
    assertEquals(1, group.peakBytes(0));
  }

  @Test
  void recordingsWithoutPeakAreCountedButNotKnown() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("x.heaplight"));
    RollUp rollUp = new RollUp();
    rollUp.add(RecordingModel.read(recording.abandon()));
    StringBuilder json = new StringBuilder();
    new RollUpReport(rollUp, RollUpOrder.TOTAL).writeJson(json);
    assertEquals(
        "{\"scopes\":[{\"name\":\"allocate_memory\",\"kind\":\"task\",\"calls\":1,\"incomplete\":1,"
            + "\"allocatedBytes\":0,\"maxAllocatedBytes\":0,\"peaksKnown\":0,\"p50PeakBytes\":null,"
            + "\"p95PeakBytes\":null,\"maxPeakBytes\":null,\"survivingBytes\":null,"
            + "\"offHeapBytes\":0,\"durationMillis\":0}]}\n",
        json.toString());
  }

  @Test
  void eightTasksOfAGigabyteInTenGigabytes() throws IOException {
    Advice advice = new Advice(10L << 30, 0.95, 0);
    for (int i = 0; i < 8; i++) {
      advice.add(model(i, "allocate_memory", 2L << 30, 1L << 30));
    }
    StringBuilder text = new StringBuilder();
    new AdviceReport(advice).writeText(text);
    assertEquals(
        """
        Usable by tasks: 9.50 GiB = 95.0 % of 10.0 GiB

        allocate_memory (task): 9 fit side by side: 9.50 GiB / 1.00 GiB, the largest peak of 8 \
        recordings (median 1.00 GiB)
          up to 8 ran at once, which fits

        Peaks were seen at garbage collections; between two there may have been more. Different \
        tasks side by side share the same memory.
        """,
        text.toString());
  }

  @Test
  void moreThanFitAreAdvisedAgainst() throws IOException {
    Advice advice = new Advice(10L << 30, 0.95, 3L << 30);
    for (int i = 0; i < 8; i++) {
      advice.add(model(i, "hog", 2L << 30, 1L << 30));
    }
    Advice.ForName hog = advice.advices().get(0);
    assertEquals(6, hog.fitting());
    assertEquals(8, hog.seenAtOnce());
    StringBuilder text = new StringBuilder();
    new AdviceReport(advice).writeText(text);
    assertTrue(text.toString().contains("reduce parallelism to 6"), text.toString());
  }

  @Test
  void spansThatOnlyTouchDidNotRunAtOnce() {
    Spans spans = new Spans();
    assertEquals(0, spans.mostAtOnce());
    spans.add(0, 100);
    spans.add(100, 100);
    assertEquals(1, spans.mostAtOnce());
    spans.add(150, 0);
    spans.add(50, 60);
    assertEquals(2, spans.mostAtOnce());
  }

  private RecordingModel model(int number, String name, long bytes, long peak) throws IOException {
    TestRecording recording =
        TestRecording.create(directory.resolve(number + ".heaplight"), name, Map.of());
    int stack = recording.stack(TestRecording.frame("Job.run", 1));
    recording.allocation(stack, "byte[]", 1, bytes).peak(stack, "byte[]", 1, peak);
    return RecordingModel.read(recording.finish(1_500, bytes, 2));
  }

  private static RollUp rollUp(List<RecordingModel> models) {
    RollUp rollUp = new RollUp();
    models.forEach(rollUp::add);
    return rollUp;
  }

  private static String report(RollUp rollUp) throws IOException {
    StringBuilder out = new StringBuilder();
    new RollUpReport(rollUp, RollUpOrder.TOTAL).writeText(out);
    return out.toString();
  }
}
