package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.HogWorker;
import dev.heaplight.monitor.SmallCgroup;
import dev.heaplight.monitor.act.HottestStacks;
import dev.heaplight.monitor.act.KillReport;
import dev.heaplight.monitor.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The memory monitor in a small cgroup of the test's own, against a hog of some 200 MB/s. */
@Timeout(300)
class MonitorIT {
  private static final long MB = 1 << 20;

  @TempDir Path directory;

  @Test
  void hogIsKilledAndToldOfAndTheOthersFinish() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(500 * MB)) {
      Process calm = start(group, "calm", "-Xmx64m", "memory-rungs=warn+kill", "calm");
      Process hog = start(group, "hog", "-Xmx1g", "memory-rungs=warn+kill");
      assertEquals(137, hog.waitFor());
      assertEquals(0, calm.waitFor(), read("calm.err"));
      assertTrue(read("calm.out").contains("finished"));
      assertEquals(0, group.kernelKills());
      Path file = report();
      Object report = JsonValue.parse(Files.readString(file));
      assertEquals("KILL_WORKER", JsonValue.text(report, "action"));
      assertEquals(
          "memory returned",
          JsonValue.text(report, "outcome"),
          () -> readQuietly("calm.err") + readQuietly("hog.err"));
      assertEquals("hog", JsonValue.text(report, "victim", "name"));
      assertEquals(hog.pid(), JsonValue.number(report, "victim", "pid"));
      assertTrue(
          JsonValue.text(report, "message").contains("HogWorker.grow(HogWorker.java:"),
          JsonValue.text(report, "message"));
      Path recording = Path.of(JsonValue.text(report, "victim", "recording"));
      KillReport.StackShare hottest = HottestStacks.of(recording, 1).get(0);
      assertTrue(hottest.frames().get(0).contains("HogWorker.grow("), hottest.toString());
      assertTrue(hottest.bytes() > 50 * MB, hottest.toString());
      assertEquals(
          List.of("heaplight flamegraph '" + recording + "'"), JsonValue.at(report, "commands"));
      CommandRun explained =
          new InstalledCommand(Jdk.running(), directory)
              .run("explain", hog.pid(), "--session", session());
      assertTrue(
          explained.out().startsWith("process " + hog.pid() + ": MONITOR_KILL: "),
          explained.toString());
    }
  }

  @Test
  void taskFailsInItsOwnThreadAndItsWorkerGoesOn() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(600 * MB)) {
      String early = "memory-threshold=0.7,memory-warn=0.6";
      // In so small a group JVMs take the serial collector, whose full collections would stop the
      // hog's own monitor for hundreds of milliseconds: another worker's acts meanwhile.
      Process calm = startCalm(group, early);
      Process hog = start(group, "hog", "-Xmx1g", early);
      assertEquals(0, hog.waitFor(), () -> readQuietly("hog.err") + readQuietly("calm.err"));
      assertEquals(0, calm.waitFor(), read("calm.err"));
      String out = read("hog.out");
      assertTrue(out.contains("failed node " + report()), () -> out + readQuietly("hog.err"));
      assertTrue(out.contains("hottest dev.heaplight.cli.worker.HogWorker.grow"), out);
      assertTrue(out.contains("message Task was failed because its node is running low"), out);
      assertTrue(out.contains("Top "), out);
      assertEquals(0, group.kernelKills());
      Object report = JsonValue.parse(Files.readString(report()));
      assertEquals("FAIL_TASK", JsonValue.text(report, "action"));
    }
  }

  /** Its code has no hooks at first; whether they are woven in time depends on the machine. */
  @Test
  void hogInSampledModeFailsOrIsKilledBeforeTheKernelDoesIt() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(600 * MB)) {
      String early = "mode=sampled,memory-threshold=0.7,memory-warn=0.3";
      Process calm = startCalm(group, early);
      Process hog = start(group, "hog", "-Xmx1g", early);
      int exitCode = hog.waitFor();
      assertEquals(0, calm.waitFor(), read("calm.err"));
      assertEquals(0, group.kernelKills());
      assertTrue(exitCode == 0 || exitCode == 137, () -> exitCode + readQuietly("hog.err"));
      assertEquals(exitCode == 0, read("hog.out").contains("failed node "), read("hog.out"));
      try (Stream<Path> logs = Files.list(session().resolve("logs"))) {
        assertTrue(logs.anyMatch(file -> file.getFileName().toString().contains("-oom-")));
      }
    }
  }

  @Test
  void dryRunRanksAndSettingsAreTakenOver() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(600 * MB)) {
      Process calm = startCalm(group, "memory-refresh=0s");
      InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
      CommandRun dry = heaplight.run("monitor", "--session", session(), "--dry-run");
      assertEquals(0, dry.exitCode(), dry.toString());
      assertTrue(dry.out().contains("  1. "), dry.toString());
      assertTrue(dry.out().contains("among the largest (within 10 %)"), dry.toString());
      CommandRun applied =
          heaplight.run("monitor", "--session", session(), "--set", "threshold=0.5", "--apply");
      assertEquals(
          new CommandRun(0, "Settings of " + session() + ": {threshold=0.5}\n", ""), applied);
      CommandRun wrong = heaplight.run("monitor", "--session", session(), "--set", "warn=9");
      assertEquals(1, wrong.exitCode());
      assertEquals(
          "heaplight: cannot monitor: --set: malformed setting: actual=warn=9, expected=a share"
              + " such as 0.95, above 0 and at most 1; see heaplight help monitor\n",
          wrong.err());
      assertEquals(0, calm.waitFor());
      assertFalse(Files.exists(session().resolve("logs/heaplight-events.jsonl")));
    }
  }

  @Test
  void hogIsStartedAgainAsOftenAsItsBudgetForMemorySays() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(600 * MB)) {
      Process monitor =
          started(InstalledCommand.words("monitor", "--session", session()), "monitor");
      try {
        await(monitor, "monitor", "Watching " + session());
        List<String> run =
            new ArrayList<>(
                InstalledCommand.words(
                    "run",
                    "--session",
                    session(),
                    "--oom-retries",
                    1,
                    "--options",
                    "memory-rungs=warn+kill",
                    "--"));
        run.add(Jdk.running().home().resolve("bin/java").toString());
        run.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
        run.add(HogWorker.class.getName());
        Process hog = started(group.inside(run), "run");
        assertEquals(137, hog.waitFor(), () -> readQuietly("run.err"));
        String told = read("run.err");
        assertTrue(told.contains("heaplight: attempt 1 ended: MONITOR_KILL: "), told);
        assertTrue(told.contains("heaplight: tried again in "), told);
        assertTrue(told.contains("heaplight: attempt 2 ended: MONITOR_KILL: "), told);
        assertTrue(
            told.contains(
                "heaplight: not tried again: retries used up: kills for memory=2, other"
                    + " failures=0"),
            told);
        assertEquals(0, group.kernelKills());
        List<Object> attempts = new ArrayList<>();
        try (Stream<Path> files = Files.list(session().resolve("logs"))) {
          for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
            Object report = JsonValue.parse(Files.readString(file));
            attempts.add(JsonValue.number(report, "victim", "attempt"));
          }
        }
        attempts.sort(null);
        assertEquals(List.of(1L, 2L), attempts);
      } finally {
        monitor.destroy();
        monitor.waitFor();
      }
    }
  }

  /** Starts a worker that needs little, and waits for its task to begin. */
  private Process startCalm(SmallCgroup group, String options) throws IOException {
    Process calm = start(group, "calm", "-Xmx64m", options, "calm");
    await(calm, "calm", "ready");
    return calm;
  }

  private void await(Process process, String name, String printed) throws IOException {
    while (!read(name + ".out").contains(printed)) {
      assertTrue(process.isAlive(), read(name + ".err"));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private Path session() {
    return directory.resolve("session");
  }

  private Path report() throws IOException {
    try (Stream<Path> files = Files.list(session().resolve("logs"))) {
      List<Path> reports =
          files.filter(file -> file.getFileName().toString().endsWith(".json")).toList();
      assertEquals(1, reports.size(), reports.toString());
      return reports.get(0);
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private String readQuietly(String name) {
    try {
      return read(name);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process start(
      SmallCgroup group, String name, String heap, String options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdk.running().home().resolve("bin/java").toString());
    command.add(heap);
    command.add("-javaagent:" + InstalledCommand.AGENT + "=session=" + session() + "," + options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), HogWorker.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return started(group.inside(command), name);
  }

  private Process started(List<String> command, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    return builder
        .redirectOutput(directory.resolve(name + ".out").toFile())
        .redirectError(directory.resolve(name + ".err").toFile())
        .start();
  }
}
