package dev.heaplight.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRollUpsTest {
  @TempDir private Path directory;
  private final List<String> told = new ArrayList<>();
  private final StageRollUps stages = new StageRollUps(told::add);

  @Test
  void stageIsToldWhenItIsOverAndAllOfItHasArrived() throws IOException {
    stages.arrived(recording(3, 1_000));
    stages.attemptEnded(3);
    stages.attemptEnded(3);
    stages.stageCompleted(3);
    assertEquals(List.of(), told);
    stages.arrived(recording(3, 500));
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("heaplight: stage 3: 2 recordings, "), told.get(0));
    assertTrue(told.get(0).contains("(1500 bytes)"), told.get(0));
    stages.tellRest();
    assertEquals(1, told.size());
  }

  @Test
  void restIsToldWithWhatIsMissing() throws IOException {
    stages.attemptEnded(0);
    stages.attemptEnded(0);
    stages.arrived(recording(0, 16));
    stages.awaitAll(60_000, 10);
    stages.tellRest();
    assertTrue(told.get(0).contains("1 recordings (1 attempts left none)"), told.get(0));
  }

  @Test
  void stageWithoutAnyRecordingIsNotTold() {
    stages.attemptEnded(0);
    stages.stageCompleted(0);
    stages.awaitAll(60_000, 60_000); // ends at once: without an agent none will come
    stages.tellRest();
    assertEquals(List.of(), told);
  }

  private Path recording(int stage, long bytes) throws IOException {
    TestRecording recording =
        TestRecording.create(
            directory.resolve(stage + "-" + bytes + ".heaplight"),
            "job",
            Map.of(ExecutorSide.STAGE, Integer.toString(stage)));
    recording.allocation("byte[]", 1, bytes, TestRecording.frame("com.acme.Job.run", 7));
    return recording.finish(1, bytes, 0);
  }
}
