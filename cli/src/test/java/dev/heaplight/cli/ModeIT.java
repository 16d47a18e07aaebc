package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.StepWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switching how the scopes of a running worker are captured. */
@Timeout(300)
class ModeIT {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path directory;

  static List<Jdk> jdks() throws IOException {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void scopesThatOpenAfterwardsAreCapturedInTheNewMode(Jdk jdk) throws Exception {
    InstalledCommand heaplight = new InstalledCommand(jdk, directory);
    String scope = "scope=" + StepWorker.class.getName() + ".scoped";
    try (WorkerJvm worker = WorkerJvm.start(jdk, directory, agent(scope))) {
      worker.step("scoped 100");
      assertSwitches(heaplight, worker, "sampled");
      worker.step("scoped 200");
      assertSwitches(heaplight, worker, "off");
      worker.step("scoped 300");
      assertSwitches(heaplight, worker, "sampled");
      worker.step("scoped 400");
      assertSwitches(heaplight, worker, "exact");
      worker.step("scoped 500");
      worker.expectArrays(1_500);

      List<String> modes = new ArrayList<>();
      List<RecordedBytes> recorded = new ArrayList<>();
      for (Path file : recordings("StepWorker.scoped")) {
        RecordedBytes read = awaitWhole(file);
        modes.add(read.mode());
        recorded.add(read);
      }
      assertEquals(List.of("exact", "sampled", "sampled", "exact"), modes);
      assertEquals(100 * StepWorker.ARRAY_BYTES, recorded.get(0).onMain());
      assertNear(200, recorded.get(1).onMain());
      assertNear(400, recorded.get(2).onMain());
      assertEquals(500 * StepWorker.ARRAY_BYTES, recorded.get(3).onMain());
    }
  }

  /** Its threads are known already when the second one comes, and no hook tells of them. */
  @ParameterizedTest
  @MethodSource("jdks")
  void processIsRecordedTwiceInSampledMode(Jdk jdk) throws Exception {
    InstalledCommand heaplight = new InstalledCommand(jdk, directory);
    try (WorkerJvm worker = WorkerJvm.start(jdk, directory, agent("mode=sampled"))) {
      Path first = logs().resolve("StepWorker-" + worker.pid() + ".heaplight");
      Path second = logs().resolve("StepWorker-" + worker.pid() + "-2.heaplight");
      worker.step("allocate 200");
      for (int[] part : new int[][] {{300, 100}, {400, 100}}) {
        assertEquals(0, heaplight.run("attach", worker.pid()).exitCode());
        worker.step("allocate " + part[0]);
        assertEquals(0, heaplight.run("detach", worker.pid()).exitCode());
        worker.step("allocate " + part[1]);
      }
      worker.expectArrays(2 * (200 + 300 + 100 + 400 + 100));
      assertNear(2 * 300, awaitWhole(first).all());
      assertNear(2 * 400, awaitWhole(second).all());
    }
  }

  @Test
  void whatIsNoModeOrNoWorkerIsSaid() throws Exception {
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    CommandRun wrong = heaplight.run("mode", 1, "fast");
    assertEquals(1, wrong.exitCode());
    assertEquals(
        "heaplight: cannot switch the mode of 1: no such mode: fast; give exact, sampled or off\n",
        wrong.err());
    try (WorkerJvm worker = WorkerJvm.start(Jdk.running(), directory)) {
      CommandRun without = heaplight.run("mode", worker.pid(), "sampled");
      assertEquals(1, without.exitCode());
      assertTrue(
          without.err().startsWith("heaplight: cannot switch the mode of " + worker.pid() + ": "),
          without.err());
      assertEquals(1, without.err().lines().count(), without.err());
      assertFalse(Files.exists(logs()));
      worker.expectArrays(0);
    }
  }

  private void assertSwitches(InstalledCommand heaplight, WorkerJvm worker, String mode)
      throws Exception {
    assertEquals(
        new CommandRun(0, "New scopes are captured in mode " + mode + "\n", ""),
        heaplight.run("mode", worker.pid(), mode));
  }

  /** A sampled scope is ended soon after it is closed. */
  private static RecordedBytes awaitWhole(Path file) throws IOException {
    long deadline = System.nanoTime() + TIMEOUT_NANOS;
    RecordedBytes recorded = RecordedBytes.read(file);
    while (!recorded.isComplete() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      recorded = RecordedBytes.read(file);
    }
    recorded.assertWhole();
    return recorded;
  }

  /** Within what else the two threads do, and what is sampled elsewhere. */
  private static void assertNear(long arrays, long bytes) {
    long expected = arrays * StepWorker.ARRAY_BYTES;
    assertTrue(Math.abs(bytes - expected) < 0.02 * expected, bytes + " for " + expected);
  }

  private String agent(String options) {
    return "-javaagent:" + InstalledCommand.AGENT + "=session=" + session() + "," + options;
  }

  private Path session() {
    return directory.resolve("session");
  }

  private Path logs() {
    return session().resolve("logs");
  }

  private List<Path> recordings(String part) throws IOException {
    try (Stream<Path> files = Files.list(logs())) {
      return files.filter(file -> file.getFileName().toString().contains(part)).sorted().toList();
    }
  }
}
