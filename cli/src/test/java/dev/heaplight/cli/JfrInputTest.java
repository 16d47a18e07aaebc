package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrInputTest {
  /** What is allocated must be somewhere, or the compiler removes it. */
  static volatile Object sink = "";

  @TempDir Path directory;

  @Test
  void aJfrFileIsARecordingLikeAnyOther() throws IOException {
    Path file = record(directory.resolve("job.jfr"), "jdk.ObjectAllocationSample");
    Path report = directory.resolve("heaplight-collapsed-job.txt");
    CommandRun run = CommandRun.of("transform", "collapsed", file);
    assertEquals(new CommandRun(0, "Wrote " + report + "\n", ""), run);
    assertTrue(Files.readString(report).contains("dev.heaplight.cli.JfrInputTest.record:"));
    CommandRun stats = CommandRun.of("stats", file);
    assertEquals(0, stats.exitCode());
    assertTrue(stats.out().contains("JFR, jfr mode"), stats.out());
    assertTrue(stats.out().contains("Sampled by JFR: bytes are estimates from "), stats.out());
  }

  @Test
  void aMetricThatAJfrFileDoesNotKnowIsOneLine() throws IOException {
    Path file = record(directory.resolve("job.jfr"), "jdk.ObjectAllocationSample");
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot show metric peak: recording has no peak live figures: file="
                + file
                + ", mode=jfr, agent=JFR; record with the agent to have them, or use --metric"
                + " allocated\n"),
        CommandRun.of("flamegraph", file, "--metric", "peak"));
  }

  @Test
  void aBudgetThatAJfrFileCannotShowToHoldIsOneLine() throws IOException {
    Path file = record(directory.resolve("job.jfr"), "jdk.ObjectAllocationSample");
    String what = "cannot show that " + file + ": job keeps --max-peak 1.00 GiB: ";
    String why = "it has no peak figures, being a .jfr file";
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: " + what + why + "; record with the agent, or pass --allow-unknown\n"),
        CommandRun.of("check", "--max-peak", "1g", "--max-allocated", "1t", file));
    assertEquals(
        new CommandRun(0, "ok: 1 recording within budget\n", "note: " + what + why + "\n"),
        CommandRun.of(
            "check", "--allow-unknown", "--max-peak", "1g", "--max-allocated", "1t", file));
    assertEquals(1, CommandRun.of("check", "--max-off-heap", "1g", file).exitCode());
  }

  @Test
  void aJfrFileWithoutAllocationsIsOneLine() throws IOException {
    Path file = record(directory.resolve("job.jfr"), "jdk.CPULoad");
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot read "
                + file
                + ": it is a JFR file without allocation events; record it with"
                + " jdk.ObjectAllocationSample enabled, or by async-profiler with event=alloc\n"),
        CommandRun.of("stats", file));
  }

  @Test
  void aJfrFileThatWasCutOffIsOneLine() throws IOException {
    Path file = record(directory.resolve("job.jfr"), "jdk.ObjectAllocationSample");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1_000));
    assertEquals(
        new CommandRun(
            1,
            "",
            "heaplight: cannot read "
                + file
                + ": it is a JFR file without a finished part; end the recording first, or write"
                + " what there is of it to another file, for instance with jcmd PID JFR.dump\n"),
        CommandRun.of("stats", file));
  }

  static Path record(Path file, String event) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable(event).withStackTrace();
      recording.start();
      for (int i = 0; i < 20_000; i++) {
        sink = new byte[4_096];
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }
}
