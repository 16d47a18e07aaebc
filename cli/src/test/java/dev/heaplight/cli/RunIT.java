package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.heaplight.cli.worker.StepWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that the command starts. */
@Timeout(300)
class RunIT {
  @TempDir Path directory;

  static List<Jdk> jdks() throws IOException {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void wholeProgramIsRecordedAndItsExitCodeIsTheCommands(Jdk jdk) throws Exception {
    try (WorkerJvm worker = start("--options", "overhead=2%,live=off", jdk)) {
      worker.step("allocate 300");
      worker.send("exit 7");
      assertEquals(7, worker.exitCode());
      Path file = written(worker);
      RecordedBytes recorded = RecordedBytes.read(file);
      assertEquals("process", recorded.kind());
      assertEquals(300 * StepWorker.ARRAY_BYTES, recorded.onMain());
      assertEquals(300 * StepWorker.ARRAY_BYTES, recorded.onSecond());
      recorded.assertWhole();
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "INT, 2", "HUP, 1"})
  void signalReachesTheProgram(String signal, int number) throws Exception {
    assumeFalse(isIgnored(number), "SIG" + signal + " was ignored when these tests were started");
    try (WorkerJvm worker = start("--options", "live=off", Jdk.running())) {
      worker.step("allocate 300");
      new ProcessBuilder("kill", "-" + signal, "" + worker.pid()).start().waitFor();
      assertEquals(128 + number, worker.exitCode());
      RecordedBytes recorded = RecordedBytes.read(written(worker));
      assertEquals(300 * StepWorker.ARRAY_BYTES, recorded.onMain());
      recorded.assertWhole();
    }
  }

  @Test
  void killedProgramLeavesItsRecording() throws Exception {
    try (WorkerJvm worker = start("--options", "live=off", Jdk.running())) {
      worker.step("allocate 300");
      ProcessHandle program = worker.process().children().findFirst().orElseThrow();
      assertTrue(program.destroyForcibly());
      assertEquals(128 + 9, worker.exitCode());
      assertEquals("process", RecordedBytes.read(written(worker)).kind());
    }
  }

  /** To the program they are what it makes of them, whatever a command line of ours could. */
  @Test
  void wordsOfTheProgramStayAsTheyAre(@TempDir Path directory) throws Exception {
    Path words = Files.writeString(directory.resolve("words.txt"), "one two");
    Path source =
        Files.writeString(
            directory.resolve("Echo.java"),
            "class Echo { public static void main(String[] a) { System.out.println(a[0]); } }");
    Process process =
        new ProcessBuilder(
                "sh",
                Path.of("../bin/heaplight").toAbsolutePath().toString(),
                "run",
                "--session",
                directory.toString(),
                "--",
                "java",
                source.toString(),
                "@" + words)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("@" + words + "\n", out);
    assertEquals(0, process.waitFor());
  }

  @Test
  void programThatDoesNotStartIsNotRecorded() throws Exception {
    CommandRun run =
        new InstalledCommand(Jdk.running(), directory)
            .run("run", "--session", directory, "--", Jdk.running().java(), "-XX:NoSuchOption");
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err()
            .endsWith(
                "heaplight: nothing was recorded: the program ended before the agent was ready"
                    + " or as the lines above say\n"),
        run.err());
  }

  private WorkerJvm start(String option, String value, Jdk jdk) throws IOException {
    List<Object> words =
        new ArrayList<>(List.of("run", "--session", session(), option, value, "--"));
    words.addAll(WorkerJvm.command(jdk));
    return WorkerJvm.start(InstalledCommand.words(words.toArray()), directory);
  }

  /** The recording that the command names, which must be the one there is. */
  private Path written(WorkerJvm worker) throws IOException {
    List<String> lines =
        worker
            .errors()
            .lines()
            .filter(line -> !line.contains("Sharing is only supported"))
            .toList();
    assertEquals(2, lines.size(), worker.errors());
    String file = lines.get(0).substring("Wrote ".length());
    assertEquals("Wrote " + file, lines.get(0));
    assertEquals("Look at it with: heaplight flamegraph " + file, lines.get(1));
    assertTrue(file.startsWith(session().resolve("logs/StepWorker-").toString()), file);
    return Path.of(file);
  }

  private Path session() {
    return directory.resolve("session");
  }

  /** A process started by nohup, for instance, ignores a hangup, and so do its children. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        long mask = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
        return (mask >>> (signal - 1) & 1) != 0;
      }
    }
    return false;
  }
}
