package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.AllocateMemory;
import dev.heaplight.agent.worker.ManyThreads;
import dev.heaplight.agent.worker.PlainJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent's options do to a worker. */
final class AgentOptionsIT {
  private static final String JOB = PlainJob.class.getName();

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          colour=red | unknown option: actual=colour=red, expected=mode, session, track, scope, auto, overhead, interval, escape-analysis, live, native, max-memory, weave-wait, memory-interval, memory-threshold, memory-warn, memory-refresh, memory-min-free, memory-policy, memory-rungs, memory-priority or verbose
          mode=fast  | malformed option: actual=mode=fast, expected=mode=exact, mode=sampled or mode=off
          track      | malformed option: actual=track, expected=key=value
          scope=run  | scope: expected=package.Class.method or package.Class.method:NAME#ID, actual=run
          """)
  void wrongOptionIsOneLineAndTheProgramRunsUnprofiled(String option, String message)
      throws Exception {
    WorkerProcess worker = new WorkerProcess(Jdk.all().get(0), directory).agentOptions(option);
    WorkerProcess.Result result = worker.run(AllocateMemory.class, "3");

    assertEquals("heaplight: " + message + "; the application runs unprofiled\n", result.err());
    assertEquals("file=none\ndone, attached=false\n", result.out());
    assertEquals(List.of(), worker.recordings());
  }

  @Test
  void modeOffRecordsNothing() throws Exception {
    WorkerProcess worker = new WorkerProcess(Jdk.all().get(0), directory).agentOptions("mode=off");
    WorkerProcess.Result result = worker.run(AllocateMemory.class, "3");

    assertEquals("", result.err());
    assertEquals("file=none\ndone, attached=false\n", result.out());
    assertEquals(List.of(), worker.recordings());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void trackProcessRecordsEveryThreadFromStartToExit(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).agentOptions("track=process");
    worker.run(PlainJob.class);

    RecordedScope scope = worker.recording("PlainJob");
    assertTrue(scope.complete());
    assertEquals("process", scope.header().kind());
    assertEquals(800 * 100_016L, scope.bytesWhere(entry -> entry.isAt(JOB, "work")));
    assertEquals(
        500 * 100_016L,
        scope.bytesWhere(entry -> entry.isAt(JOB, "work") && entry.thread().equals("second")));
    double coverage = scope.coverage();
    assertTrue(coverage > 0.97 && coverage < 1.02, () -> "coverage=" + coverage);
  }

  @Test
  void threadsThatEndedLeaveNoMemoryBehind() throws Exception {
    int count = 15_000;
    WorkerProcess worker =
        new WorkerProcess(Jdk.all().get(0), directory)
            .agentOptions("track=process")
            .jvmArguments("-Xmx48m");
    WorkerProcess.Result result = worker.run(ManyThreads.class, Integer.toString(count));

    assertEquals("done\n", result.out());
    assertEquals("", result.err());
    RecordedScope scope = worker.recording("ManyThreads");
    assertTrue(scope.complete());
    assertEquals(
        count * 816L, scope.bytesWhere(entry -> entry.isAt(ManyThreads.class.getName(), "work")));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void scopeOptionMakesARecordingOfEachCall(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).agentOptions("scope=" + JOB + ".run");
    WorkerProcess.Result result = worker.run(PlainJob.class);

    assertEquals("refused\n", result.out());
    List<Long> bytes =
        worker.recordings().stream()
            .map(AgentOptionsIT::read)
            .map(scope -> scope.bytesWhere(entry -> entry.isAt(JOB, "work")))
            .sorted()
            .toList();
    assertEquals(List.of(0L, 100 * 100_016L, 200 * 100_016L), bytes);
    for (Path file : worker.recordings()) {
      RecordedScope scope = RecordedScope.read(file);
      assertEquals(JOB + ".run", scope.header().name());
      assertTrue(scope.complete());
    }
  }

  @Test
  void sessionThatCannotBeMadeLeavesTheProgramAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("session"), "in the way");
    WorkerProcess worker = new WorkerProcess(Jdk.all().get(0), directory);
    WorkerProcess.Result result = worker.run(AllocateMemory.class, "3");

    assertEquals("file=none\ndone, attached=true\n", result.out());
    List<String> lines = result.err().lines().sorted().toList();
    assertEquals(2, lines.size(), result::err);
    String monitor = "heaplight: memory monitor ended, recordings go on: heaplight-monitor, cause=";
    assertTrue(lines.get(0).startsWith(monitor), result::err);
    String scope =
        "heaplight: recording not created, scope is not recorded: allocate_memory, cause=";
    assertTrue(lines.get(1).startsWith(scope), result::err);
    assertEquals("in the way", Files.readString(file));
  }

  private static RecordedScope read(Path file) {
    try {
      return RecordedScope.read(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
