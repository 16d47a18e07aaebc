package dev.heaplight.viewer.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  private static final String NOTHING_KNOWN =
      "\"calls\":1,\"incomplete\":1,\"allocatedBytes\":0,\"allocatedObjects\":0,"
          + "\"maxAllocatedBytes\":0,\"peaksKnown\":0,\"peakUpperBounds\":0,"
          + "\"p50PeakBytes\":null,\"p95PeakBytes\":null,\"maxPeakBytes\":null,"
          + "\"survivorsKnown\":0,\"survivorUpperBounds\":0,\"survivingBytes\":null,"
          + "\"offHeapBytes\":0,\"durationMillis\":0";

  @TempDir Path directory;

  @Test
  void rollUpEqualsTheSumOfItsPartsInAnyOrder() throws IOException {
    Random random = new Random(42);
    List<Outline> outlines = new ArrayList<>();
    long[] bytes = new long[3];
    int[] calls = new int[3];
    for (int i = 0; i < RECORDINGS; i++) {
      int name = random.nextInt(3);
      long allocated = 1L + random.nextInt(1_000_000);
      outlines.add(outline(i, "task-" + name, allocated, allocated / 2));
      bytes[name] += allocated;
      calls[name]++;
    }
    String text = report(rollUp(outlines));
    RollUp left = rollUp(outlines.subList(0, 300));
    left.join(rollUp(outlines.subList(300, RECORDINGS)));
    assertEquals(text, report(left));
    Collections.shuffle(outlines, random);
    RollUp shuffled = rollUp(outlines);
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
      rollUp.add(outline(i, "task", 1_000, i));
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
    rollUp.add(OutlineReader.read(recording.abandon()));
    StringBuilder json = new StringBuilder();
    new RollUpReport(rollUp, RollUpOrder.TOTAL).writeJson(json);
    assertEquals(
        "{\"total\":{"
            + NOTHING_KNOWN
            + "},\"scopes\":[{\"name\":\"allocate_memory\",\"kind\":\"task\","
            + NOTHING_KNOWN
            + "}]}\n",
        json.toString());
  }

  private Outline outline(int number, String name, long bytes, long peak) throws IOException {
    TestRecording recording =
        TestRecording.create(directory.resolve(number + ".heaplight"), name, Map.of());
    int stack = recording.stack(TestRecording.frame("Job.run", 1));
    recording.allocation(stack, "byte[]", 1, bytes).peak(stack, "byte[]", 1, peak);
    return OutlineReader.read(recording.finish(1_500, bytes, 2));
  }

  private static RollUp rollUp(List<Outline> outlines) {
    RollUp rollUp = new RollUp();
    outlines.forEach(rollUp::add);
    return rollUp;
  }

  private static String report(RollUp rollUp) throws IOException {
    StringBuilder out = new StringBuilder();
    new RollUpReport(rollUp, RollUpOrder.TOTAL).writeText(out);
    return out.toString();
  }
}
