package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemorySample;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three slices of a second with 1, 2 and 4 bytes allocated, and live figures at their ends. */
class TimeWindowTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    int stack = recording.stack(TestRecording.frame("Job.run", 1));
    int bytes = 1;
    long[] peaks = {10, 30, 20};
    for (int second = 1; second <= 3; second++, bytes *= 2) {
      long at = second * 1_000L - 100;
      recording.allocation(stack, "byte[]", 1, bytes);
      recording.offHeap(
          stack, "direct", 1, 100L * bytes, second == 2 ? 1 : 0, second == 2 ? 50 : 0);
      recording.live(
          new LiveHeader(LiveKind.PEAK, at, second, "G1", 1), stack, "a", 1, peaks[second - 1]);
      recording.live(
          new LiveHeader(LiveKind.SURVIVORS, at, second, "G1", 1), stack, "a", 1, second);
      recording.live(
          new LiveHeader(LiveKind.TEMPORARY, at, second, "G1", 1), stack, "a", 1, bytes * 2L - 1);
      recording.facts(
          List.of(new GcPoint(at, "G1", 1, 1, 1)),
          List.of(new MemorySample(at, 1, 1, 1, 1, 1, 1)),
          List.of(),
          new AgentCost(1, 1, 1));
      recording.flush(second * 1_000L, 100, second);
    }
    file = recording.finish(3_000, 100, 3);
  }

  @Test
  void windowsSideBySideSumUpToTheWhole() throws IOException {
    assertEquals(7, read(0, Long.MAX_VALUE).totals().totalBytes());
    assertEquals(1, read(0, 1_000).totals().totalBytes());
    assertEquals(2, read(1_000, 2_000).totals().totalBytes());
    assertEquals(4, read(2_000, Long.MAX_VALUE).totals().totalBytes());
  }

  @Test
  void liveFiguresAreThoseSeenInTheWindow() throws IOException {
    RecordingModel middle = read(1_000, 3_000);
    assertEquals(30, bytes(middle, LiveKind.PEAK));
    assertEquals(3, bytes(middle, LiveKind.SURVIVORS));
    assertEquals(6, bytes(middle, LiveKind.TEMPORARY));
    assertEquals(20, bytes(read(2_000, 3_000), LiveKind.PEAK));
    assertEquals(1, bytes(read(0, 1_000), LiveKind.TEMPORARY));
    assertTrue(read(0, 100).live(LiveKind.PEAK).isEmpty());
    assertEquals(2, middle.memory().collections().size());
    assertEquals(2, middle.memory().memory().size());
    assertEquals(2, middle.gcCount().getAsLong());
  }

  @Test
  void heldMemoryCountsWhatWasTakenBeforeTheWindow() throws IOException {
    OffHeapTotals middle = read(1_000, 2_000).offHeap().orElseThrow();
    assertEquals(200, middle.taken().totalBytes());
    assertEquals(250, middle.liveBytes());
    assertEquals(250, middle.live().totalBytes());
    assertEquals(50, middle.freedBytes());
    assertEquals(650, read(0, Long.MAX_VALUE).offHeap().orElseThrow().liveBytes());
  }

  @Test
  void whatIsKnownOfTheWholeScopeOnlyIsUnknown() throws IOException {
    RecordingModel middle = read(1_000, 2_000);
    assertTrue(middle.coverage().isEmpty());
    assertEquals(
        List.of(
            "Only a part of the scope's time is shown, from 1.0 s to 2.0 s after the scope's open."),
        middle.caveats());
  }

  private RecordingModel read(long from, long to) throws IOException {
    return RecordingModel.read(file, new TimeWindow(from, to));
  }

  private static long bytes(RecordingModel model, LiveKind kind) {
    return model.live(kind).orElseThrow().totals().totalBytes();
  }
}
