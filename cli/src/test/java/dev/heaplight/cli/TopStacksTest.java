package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Progress;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.top.TopRow;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopStacksTest {
  @TempDir private Path directory;

  @Test
  void largestStacksComeFirst() throws IOException {
    Path file = directory.toRealPath().resolve("job.heaplight");
    TestRecording recording = TestRecording.create(file);
    recording.allocation("byte[]", 1, 32, TestRecording.frame("com.acme.Small.run", 7));
    recording.allocation("byte[]", 2, 4_096, TestRecording.frame("com.acme.Large.run", 42));
    recording.finish(1_000, 4_128, 0);
    assertEquals(
        List.of(
            "4.00 KiB in 2 objects",
            "    com.acme.Large.run(Large.java:42)",
            "32 B in 1 objects",
            "    com.acme.Small.run(Small.java:7)"),
        read("job.heaplight", file));
  }

  @Test
  void whatIsWrongTakesTheirPlace() throws IOException {
    Path file = directory.toRealPath().resolve("job.heaplight");
    Files.writeString(file, "something else");
    assertEquals(
        List.of(
            "cannot read "
                + file
                + ": it is not a Heaplight recording; give a .heaplight file written by the agent"),
        read("job.heaplight", file));
    Files.delete(file);
    assertEquals(
        List.of("cannot read " + file + ": no such file; check the path"),
        read("job.heaplight", file));
    assertEquals(
        List.of("it has no recording of its own; choose one of its tasks"), read("", file));
    assertEquals(
        List.of("its recording does not lie in the session's logs: a\\u000ab.heaplight"),
        TopStacks.read(row("a\nb.heaplight"), Optional.empty()).lines());
  }

  private static List<String> read(String recording, Path file) {
    return TopStacks.read(row(recording), Optional.of(new LogFile("job", file, 1, 1))).lines();
  }

  private static TopRow row(String recording) {
    long none = Progress.UNKNOWN;
    return new TopRow(
        "k", TopRow.Sort.TASK, 7, "task job", none, none, 0, 0, 0, "running", recording);
  }
}
