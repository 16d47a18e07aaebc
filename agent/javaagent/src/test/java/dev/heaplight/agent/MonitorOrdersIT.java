package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.FailingTask;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.SessionState;
import dev.heaplight.monitor.session.WorkerRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker whose monitor is this test, or its own, which then finds tools that note their use. */
final class MonitorOrdersIT {
  private static final String TASK = FailingTask.class.getName();

  @TempDir private Path directory;
  private Path tools;
  private Path toolsLog;
  private MonitorDirectory monitor;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void makeTools() throws IOException {
    monitor = new MonitorDirectory(directory.resolve("session"));
    tools = Files.createDirectory(directory.resolve("tools"));
    toolsLog = directory.resolve("tools.log");
    Path chrt = tools.resolve("chrt");
    Files.writeString(chrt, "#!/bin/sh\necho \"$@\" >> '" + toolsLog + "'\n");
    Files.setPosixFilePermissions(chrt, PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void failedTaskIsToldAllThatItsWorkerKnows(Jdk jdk) throws Exception {
    WorkerProcess worker = worker(jdk).agentOptions("memory-refresh=0s");
    Process process = worker.launch(worker.command(TASK));
    try {
      WorkerRecord record = recordWithTask();
      fail(record);
      assertTrue(process.waitFor(120, TimeUnit.SECONDS));
      String out = Files.readString(worker.out());
      assertTrue(
          out.startsWith(
              """
              Task was failed because its node is running low on memory.
              hottest stack:
                  at dev.heaplight.agent.worker.FailingTask.allocate(FailingTask.java:\
              """),
          out);
      assertTrue(
          out.endsWith("\nlimit=node, retriable=false, attempt=2, recording=job-4711.heaplight\n"),
          out);
      assertEquals(
          "true", KeyValues.read(monitor.worker(record.identity())).getOrDefault("killable", ""));
      assertFalse(Files.exists(toolsLog), "a monitor that is off needs no priority");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void workersOwnMonitorRaisesItselfAndNothingThatItStarts() throws Exception {
    WorkerProcess worker = worker(Jdk.all().get(0));
    Process process = worker.launch(worker.command(TASK));
    try {
      WorkerProcess.await("use of chrt", () -> !log().isEmpty());
      assertTrue(log().matches("--reset-on-fork --rr --pid 1 \\d+\n"), log());
    } finally {
      process.destroyForcibly();
    }
  }

  private WorkerProcess worker(Jdk jdk) {
    return new WorkerProcess(jdk, directory)
        .environment("PATH", tools + File.pathSeparator + System.getenv("PATH"));
  }

  private WorkerRecord recordWithTask() {
    WorkerProcess.await("a task", () -> records().stream().anyMatch(MonitorOrdersIT::hasTask));
    return records().stream().filter(MonitorOrdersIT::hasTask).findFirst().orElseThrow();
  }

  private List<WorkerRecord> records() {
    return WorkerRecord.files(monitor).stream()
        .flatMap(file -> WorkerRecord.read(file).stream())
        .toList();
  }

  private static boolean hasTask(WorkerRecord record) {
    return !record.tasks().isEmpty();
  }

  private void fail(WorkerRecord record) throws IOException {
    SessionState state = SessionState.open(monitor.state());
    assertTrue(state.enrol(ProcessHandle.current().pid(), pid -> true));
    assertNotNull(
        state.propose(
            state.version(),
            new Decision(
                0,
                record.identity(),
                record.tasks().get(0).key(),
                Decision.Action.FAIL_TASK,
                Decision.Phase.DECIDED,
                System.nanoTime(),
                0,
                0,
                0)));
  }

  private String log() {
    try {
      return Files.exists(toolsLog) ? Files.readString(toolsLog) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
