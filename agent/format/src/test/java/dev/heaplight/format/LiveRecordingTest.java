package dev.heaplight.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live objects, collections, memory and off-heap memory in a recording. */
class LiveRecordingTest {
  @TempDir Path directory;

  @Test
  void finishedRecordingAndItsAfterwordComeBackWhole() throws IOException {
    Path file = directory.resolve("live.heaplight");
    LiveSampleRecording.write(file);
    ReadRecording read = ReadRecording.of(file);
    assertEquals(String.join("\n", LiveSampleRecording.EVENTS), String.join("\n", read.events()));
    assertEquals(new ReadOutcome(true, Files.size(file), 0), read.outcome());
  }
}
