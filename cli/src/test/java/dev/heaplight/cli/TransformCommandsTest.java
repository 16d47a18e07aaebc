package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the formats of {@code transform} have in common. */
class TransformCommandsTest {
  private static final Map<String, String> TEXT_EXTENSIONS =
      Map.of(
          "speedscope",
          "speedscope.json",
          "collapsed",
          "txt",
          "dhat",
          "dhat.json",
          "csv",
          "csv",
          "json",
          "json");

  @TempDir Path directory;
  private Path recording;

  @BeforeEach
  void writeRecording() throws IOException {
    recording = recording("job-1.heaplight", 96);
  }

  @Test
  void textGoesToAFileOrToStandardOutput() throws IOException {
    for (Map.Entry<String, String> format : TEXT_EXTENSIONS.entrySet()) {
      String name = format.getKey();
      CommandRun printed = CommandRun.of("transform", name, "-o", "-", recording);
      assertEquals(0, printed.exitCode(), printed.err());
      assertTrue(printed.out().contains("byte[]"), printed.out());
      Path file = directory.resolve("heaplight-" + name + "-job-1." + format.getValue());
      assertEquals(
          new CommandRun(0, "Wrote " + file + "\n", ""),
          CommandRun.of("transform", name, recording));
      assertEquals(printed.out(), Files.readString(file));
      assertEquals(
          "heaplight: cannot write "
              + file
              + ": it exists; overwrite it with -f or choose another with -o\n",
          CommandRun.of("transform", name, recording).err());
      assertEquals(0, CommandRun.of("transform", name, "-f", recording).exitCode());
    }
  }

  @Test
  void pprofIsPutBesideTheRecording() throws IOException {
    Path file = directory.resolve("heaplight-pprof-job-1.pb.gz");
    assertEquals(
        new CommandRun(0, "Wrote " + file + "\n", ""),
        CommandRun.of("transform", "pprof", recording));
    assertTrue(unzipped(file).contains("alloc_space"), "its sample types");
  }

  @Test
  void severalRecordingsAreAddedUp() throws IOException {
    recording("job-2.heaplight", 4);
    for (String[] formatAndTotal :
        new String[][] {
          {"csv", "allocated,100,"},
          {"json", "\"name\":\"allocated\",\"bytes\":100,"},
          {"speedscope", "\"endValue\":100,"},
          {"dhat", "{\"tb\":100,"}
        }) {
      CommandRun run = CommandRun.of("transform", formatAndTotal[0], "-o", "-", directory);
      assertTrue(run.out().contains(formatAndTotal[1]), run.out());
    }
  }

  @Test
  void selectionLeavesOut() {
    for (String format : new String[] {"csv", "json", "speedscope", "dhat"}) {
      CommandRun run = CommandRun.of("transform", format, "-o", "-", "--class", "int", recording);
      assertEquals(0, run.exitCode(), run.err());
      assertFalse(run.out().contains("byte[]"), run.out());
    }
  }

  private Path recording(String name, long bytes) throws IOException {
    TestRecording test = TestRecording.create(directory.resolve(name));
    test.allocation("byte[]", 3, bytes, TestRecording.frame("com.acme.Job.run", 42));
    return test.finish(1_500, 128, 2);
  }

  private static String unzipped(Path file) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
