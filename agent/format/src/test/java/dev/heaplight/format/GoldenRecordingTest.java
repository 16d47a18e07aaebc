package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of every version ever released stay readable. */
class GoldenRecordingTest {
  @TempDir Path directory;

  @Test
  void versionOneIsStillRead() throws IOException {
    Path file = golden("v1.heaplight");
    ReadRecording read = ReadRecording.of(file);
    assertEquals(SampleRecording.EVENTS, read.events());
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }

  @Test
  void versionOneWithLiveObjectsIsStillRead() throws IOException {
    Path file = golden("v1-live.heaplight");
    ReadRecording read = ReadRecording.of(file);
    assertEquals(LiveSampleRecording.EVENTS, read.events());
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }

  private Path golden(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = GoldenRecordingTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), file);
    }
    return file;
  }
}
