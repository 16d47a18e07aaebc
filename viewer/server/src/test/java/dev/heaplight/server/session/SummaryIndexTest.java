package dev.heaplight.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heaplight.format.AgentCost;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.session.RecordingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryIndexTest {
  private static final long PLENTY = Long.MAX_VALUE / 2;

  @TempDir private Path given;
  private Path directory;
  private final SummaryIndex index = new SummaryIndex("worker-3");

  @BeforeEach
  void realPath() throws IOException {
    directory = given.toRealPath();
  }

  @Test
  void recordingIsSummedUp() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("a.heaplight"));
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation(stack, "byte[]", 3, 9_600);
    recording.peak(stack, "byte[]", 2, 6_400).live(TestRecording.SURVIVORS, stack, "byte[]", 1, 32);
    recording.note("Left out: about 17 bytes of objects.");
    recording.facts(List.of(), List.of(), List.of(), new AgentCost(5_000_000, 1 << 20, 1 << 24));
    recording.finish(1_500, 9_700, 2);
    assertEquals(0, update());
    assertEquals(
        new RecordingSummary(
            "allocate_memory",
            "task",
            "t-1",
            1_767_225_600_000L,
            1_500,
            4711,
            "worker-3",
            RecordingState.COMPLETE,
            9_600,
            6_400,
            32,
            0,
            5_000_000,
            1 << 20,
            "Left out"),
        index.of("a.heaplight"));
  }

  @Test
  void recordingThatWasCutOffHasTheFiguresOfItsLastFlush() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("a.heaplight"));
    recording.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    recording.flush(700, 128, 1);
    recording.abandon();
    update();
    RecordingSummary summary = index.of("a.heaplight");
    assertNotNull(summary);
    assertEquals(RecordingState.CUT_OFF, summary.state());
    assertEquals(700, summary.durationMillis());
    assertEquals(128, summary.allocatedBytes());
  }

  @Test
  void damagedFileIsSaidToBeAndOneThatIsRemovedIsForgotten() throws IOException {
    Path file = Files.writeString(directory.resolve("a.heaplight"), "no recording at all");
    update();
    assertEquals(RecordingSummary.damaged(), index.of("a.heaplight"));
    Files.delete(file);
    update();
    assertNull(index.of("a.heaplight"));
  }

  @Test
  void budgetLeavesTheRestForTheNextCall() throws IOException {
    for (int i = 0; i < 5; i++) {
      TestRecording.create(directory.resolve(i + ".heaplight")).finish(1_500, 128, 2);
    }
    assertEquals(4, index.update(LogFiles.below(directory).values(), 0));
    assertEquals(1, index.all().size());
    assertEquals(0, update());
    assertEquals(5, index.all().size());
  }

  private int update() throws IOException {
    return index.update(LogFiles.below(directory).values(), PLENTY);
  }
}
