package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewCommandsTest {
  @TempDir Path directory;
  private Path recording;

  @BeforeEach
  void writeRecording() throws IOException {
    TestRecording test = TestRecording.create(directory.resolve("job-1.heaplight"));
    test.allocation("byte[]", 3, 96, TestRecording.frame("com.acme.Job.run", 42));
    test.allocation("char[]", 1, 4, TestRecording.frame("com.acme.Job.log", 50));
    recording = test.finish(1_500, 128, 2);
  }

  @Test
  void tableIsPutBesideTheRecording() throws IOException {
    Path page = directory.resolve("heaplight-table-job-1.html");
    assertEquals(new CommandRun(0, "Wrote " + page + "\n", ""), CommandRun.of("table", recording));
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertEquals(1, CommandRun.of("table", recording).exitCode());
    assertEquals(0, CommandRun.of("table", "-f", recording).exitCode());
  }

  @Test
  void treeIsTextWithoutATerminal() {
    assertEquals(
        new CommandRun(
            0,
            """
               Bytes    Share  Objects  Allocated
               100 B  100.0 %        4  all allocations
                96 B   96.0 %        3  ├─ com.acme.Job.run:42
                96 B   96.0 %        3  │  byte[]
                 4 B    4.0 %        1  └─ [2 nodes below 5.0 %]
            """,
            ""),
        CommandRun.of("tree", "--min", "5%", recording));
  }

  @Test
  void shareHasToBeOne() {
    for (String share : new String[] {"101%", "-1%", "x", "1%%"}) {
      assertEquals(
          new CommandRun(
              2,
              "",
              """
              heaplight: Invalid value for option '--min': expected a share from 0%% to\
               100%% such as 1%% or 0.5%% but was '%s'
              Run 'heaplight tree --help' for its options.
              """
                  .formatted(share)),
          CommandRun.of("tree", "--min=" + share, recording));
    }
  }

  @Test
  void summaryListsFunctions() {
    assertEquals(
        new CommandRun(
            0,
            """
                  Own    Share  Own+below    Share   Objects  Function
                 96 B   96.0 %       96 B   96.0 %         3  com.acme.Job.run
                  4 B    4.0 %                             1  [1 more, see --top]
                100 B  100.0 %                             4  [all allocations]
            """,
            ""),
        CommandRun.of("summary", "--top", "1", recording));
    assertTrue(
        CommandRun.of("summary", "--sort", "objects", recording)
            .out()
            .contains("com.acme.Job.log"));
    assertEquals(2, CommandRun.of("summary", "--sort", "name", recording).exitCode());
    assertEquals(2, CommandRun.of("summary", "--top", "-1", recording).exitCode());
  }

  @Test
  void statsRankWhatIsAskedFor() {
    String text = CommandRun.of("stats", "--by", "package", "--sort", "objects", recording).out();
    String packages =
        """

        Packages whose code allocated most by objects
             100 B  100.0 %             4 x com.acme
        """;
    assertTrue(text.contains(packages), text);
    assertEquals(
        new CommandRun(
            2,
            "",
            """
            heaplight: Invalid value for option '--by': expected one of\
             [site, class, package, thread] but was 'line'
            Run 'heaplight stats --help' for its options.
            """),
        CommandRun.of("stats", "--by", "line", recording));
  }

  @Test
  void parsePrintsWhatComesBeforeTheDamage() throws IOException {
    CommandRun whole = CommandRun.of("parse", recording);
    assertEquals(0, whole.exitCode());
    assertTrue(whole.out().startsWith("recording file=\"" + recording + "\"\nheader name="));
    byte[] bytes = Files.readAllBytes(recording);
    bytes[bytes.length - 3] ^= 1;
    Files.write(recording, bytes);
    CommandRun damaged = CommandRun.of("parse", recording);
    assertEquals(1, damaged.exitCode());
    assertEquals(whole.out().substring(0, whole.out().indexOf("footer ")), damaged.out());
    assertTrue(
        damaged
            .err()
            .matches(
                "heaplight: cannot read .*job-1\\.heaplight: it is damaged at byte \\d+;"
                    + " copy it again from where it was written\n"),
        damaged.err());
  }

  @Test
  void parseReadsTheRecordingsOfADirectory() throws IOException {
    Files.copy(recording, directory.resolve("job-2.heaplight"));
    Files.writeString(directory.resolve("other.jfr"), "of another kind");
    CommandRun run = CommandRun.of("parse", directory);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(2, run.out().lines().filter(line -> line.startsWith("recording ")).count());
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertEquals(
        "heaplight: cannot read "
            + empty
            + ": it holds no recording; give a .heaplight file or a directory with some\n",
        CommandRun.of("parse", empty).err());
  }
}
