package dev.heaplight.viewer.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.jfr.FlightRecording;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1_800)
class DamagedFilesTest {
  private static final int INPUTS = Integer.getInteger("heaplight.damage.inputs", 3_000);
  private static final long SEED = 20_261_123;

  @TempDir Path directory;

  @Test
  void damagedRecordingsAreReportedOrRefused() throws IOException {
    DamageRun run =
        new DamageRun(List.of(small(), realistic()), directory.resolve("d.heaplight"), true);
    run.run(INPUTS, SEED);
    assertEquals(INPUTS, sum(run), run::toString);
    assertTrue(run.outcomes().getOrDefault("complete", 0) > 0, run::toString);
    assertTrue(run.outcomes().getOrDefault("partial", 0) > 0, run::toString);
    assertTrue(run.outcomes().getOrDefault("CorruptRecordingException", 0) > 0, run::toString);
  }

  @Test
  void damagedFlightRecordingsAreReportedOrRefused() throws IOException {
    Path file = FlightRecording.record(directory.resolve("job.jfr"), FlightRecording.SAMPLE);
    DamageRun run =
        new DamageRun(List.of(Files.readAllBytes(file)), directory.resolve("d.jfr"), false);
    run.run(INPUTS / 10, SEED);
    assertEquals(INPUTS / 10, sum(run), run::toString);
  }

  private static int sum(DamageRun run) {
    return run.outcomes().values().stream().mapToInt(Integer::intValue).sum();
  }

  private byte[] small() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("small.heaplight"));
    int stack =
        recording.stack(TestRecording.frame("Job.main", 1), TestRecording.frame("Job.run", 2));
    recording.allocation(stack, "byte[]", 3, 96).peak(stack, "byte[]", 1, 64);
    recording.live(TestRecording.SURVIVORS, stack, "byte[]", 2, 32);
    recording.offHeap(stack, "direct", 1, 1_024, 0, 0).note("a caveat");
    recording.flush(500, 100, 1);
    recording.allocation(stack, "int[]", 5, 160);
    return Files.readAllBytes(recording.finish(1_000, 300, 2));
  }

  private byte[] realistic() throws IOException {
    return Files.readAllBytes(
        RealisticRecording.create(directory.resolve("realistic.heaplight"), 40, 7)
            .finish(1_000, 1_000_000, 2));
  }
}
