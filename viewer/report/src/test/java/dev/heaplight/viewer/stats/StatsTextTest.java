package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTextTest {
  @TempDir Path directory;

  @Test
  void figuresAndSitesAreReadable() throws IOException {
    TestRecording recording =
        TestRecording.create(file(), "allocate_memory", Map.of("customer", "north"));
    recording.allocation("byte[]", 3, 3_072, TestRecording.frame("com.acme.Job.run", 42));
    assertEquals(
        """
        Scope        allocate_memory
        Kind         task
        Id           t-1
        customer     north
        Started      2026-01-01T00:00:00Z
        Process      4711 on host worker-3, OpenJDK 17.0.15
        Agent        0.1.0, exact mode
        Duration     1.5 s
        Ended        closed by the program

        Allocated    3.00 KiB (3,072 bytes)
        Objects      3
        JVM's count  4.00 KiB (4,096 bytes)
        Coverage     75.0 %
        GCs          2
        Samples      7

        Largest allocation sites
          3.00 KiB  100.0 %             3 x byte[]
                          at com.acme.Job.run(Job.java:42)
        """,
        text(recording.finish(1_500, 4_096, 2)));
  }

  @Test
  void unknownFiguresAndCaveatsAreSaidInWords() throws IOException {
    String text = text(TestRecording.create(file()).abandon());
    assertTrue(text.contains("\nDuration     unknown\nEnded        not cleanly\n"), text);
    assertTrue(text.contains("\nCoverage     unknown\n"), text);
    assertTrue(text.contains("\nNothing was recorded.\n"), text);
    assertTrue(text.contains("\nCaveat: This recording did not end cleanly: "), text);
  }

  @Test
  void namesCannotDriveTheTerminal() throws IOException {
    TestRecording recording = TestRecording.create(file(), "\u001b]0;x\u0007", Map.of("k\n", "v"));
    String text = text(recording.note("a\u001b[2J").finish(1, 1, 0));
    assertEquals(-1, text.indexOf('\u001b'));
    assertTrue(text.startsWith("Scope        \\u001b]0;x\\u0007\n"), text);
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private static String text(Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    StatsText.write(Stats.of(RecordingModel.read(file)), out);
    return out.toString();
  }
}
