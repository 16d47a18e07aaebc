package dev.heaplight.viewer.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlineTest {
  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void outlineThatWasReadAloneIsThatOfTheModel() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("job.heaplight"));
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(stack, "byte[]", 3, 96).peak(stack, "byte[]", 2, 64).survivors();
    recording.offHeap(stack, "direct", 2, 4_096, 0, 0).flush(700, 64, 1);
    recording.offHeap(stack, "direct", 0, 0, 1, 1_024);
    recording.facts(
        List.of(),
        List.of(
            new MemorySample(100, 90 * MIB, 80 * MIB, 30 * MIB, 50 * MIB, 2 * MIB, 9 * MIB),
            new MemorySample(200, 90 * MIB, 80 * MIB, 20 * MIB, 40 * MIB, 2 * MIB, 9 * MIB),
            new MemorySample(300, -1, -1, -1, -1, -1, 10 * MIB)),
        List.of(),
        new AgentCost(1, 2, 3));
    Path file = recording.finish(1_500, 128, 2);
    Outline read = OutlineReader.read(file);
    assertSame(Outline.of(RecordingModel.read(file)), read);
    assertEquals(96, read.allocatedBytes());
    assertEquals(3, read.allocatedObjects());
    assertEquals(new Outline.Live(64, false, true), read.peak());
    assertEquals(new Outline.Live(0, false, true), read.survivors());
    assertEquals(4_096, read.offHeapPeakBytes());
    assertEquals(1_500, read.durationMillis());
    assertEquals(20 * MIB, read.worker().lowestHeapUsedBytes());
    assertEquals(38 * MIB, read.worker().outsideHeapBytes());
  }

  @Test
  void unfinishedRecordingHasTheFiguresOfItsLastFlush() throws IOException {
    TestRecording growing = TestRecording.create(directory.resolve("growing.heaplight"));
    growing.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    growing.flush(700, 128, 1);
    Path file = growing.abandon();
    Outline read = OutlineReader.read(file);
    assertSame(Outline.of(RecordingModel.read(file)), read);
    assertEquals(false, read.complete());
    assertEquals(700, read.durationMillis());
    assertNull(read.peak());
    assertEquals(Progress.UNKNOWN, read.peakBytes());
    assertEquals(Progress.UNKNOWN, read.survivingBytes());
    assertEquals(Progress.UNKNOWN, read.worker().lowestHeapUsedBytes());
  }

  private static void assertSame(Outline expected, Outline actual) {
    assertEquals(expected.header(), actual.header());
    assertEquals(expected.complete(), actual.complete());
    assertEquals(expected.allocatedBytes(), actual.allocatedBytes());
    assertEquals(expected.allocatedObjects(), actual.allocatedObjects());
    assertEquals(expected.peak(), actual.peak());
    assertEquals(expected.survivors(), actual.survivors());
    assertEquals(expected.offHeapBytes(), actual.offHeapBytes());
    assertEquals(expected.offHeapPeakBytes(), actual.offHeapPeakBytes());
    assertEquals(expected.durationMillis(), actual.durationMillis());
    assertEquals(expected.worker().lowestHeapUsedBytes(), actual.worker().lowestHeapUsedBytes());
    assertEquals(expected.worker().outsideHeapBytes(), actual.worker().outsideHeapBytes());
    assertNotNull(actual.file());
  }
}
