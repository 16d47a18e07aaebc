package dev.heaplight.monitor.act;

import static dev.heaplight.monitor.FakeNode.MB;
import static dev.heaplight.monitor.FakeNode.task;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.FakeNode;
import dev.heaplight.monitor.forensics.Verdict;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.policy.KillPolicy;
import dev.heaplight.monitor.retry.RetryBudget;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a memory monitor is expected to do, on a fake machine with a clock that is moved by hand.
 */
class AcceptanceTest {
  private static final int RACES = 1_000;

  @TempDir private Path directory;

  /** Retries as the work's owner allows them; -1 is without end. Each attempt is a hog again. */
  @ParameterizedTest
  @CsvSource({
    // what,                     retriable, memory retries, other retries, fits, kills, then
    "task that is not retriable,     false, 0,  0, true,  1, EXHAUSTED",
    "actor that is restarted,        true,  1,  0, true,  2, EXHAUSTED",
    "actor that is not,              false, 0,  0, true,  1, EXHAUSTED",
    "one retry but none for memory,  true,  0,  1, true,  1, EXHAUSTED",
    "endless but one for memory,     true,  1, -1, true,  2, EXHAUSTED",
    "endless task that never fits,   true, -1, -1, false, 1, REFUSED",
  })
  void killsUntilItsBudgetIsUsedUp(
      String what, boolean retriable, int memory, int other, boolean fits, int kills, String then)
      throws IOException {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 100 * MB, task(1, "calm", "task", true));
    RetryBudget budget = new RetryBudget(memory, other);
    RetryBudget.Next next = RetryBudget.Next.RETRY;
    for (int attempt = 0; next == RetryBudget.Next.RETRY; attempt++) {
      long pid = 100L + attempt;
      node.used(fits ? 300 * MB : 0);
      node.worker(pid, fits ? 600 * MB : 960 * MB, task(1, "hog", "task", retriable));
      node.run(5_000);
      assertEquals(attempt + 1, node.killed.size(), what);
      assertEquals(pid, node.killed.get(attempt), what);
      next = budget.ended(Verdict.MONITOR_KILL, true, true, fitsNever(node, attempt + 1));
    }
    assertEquals(kills, node.killed.size());
    assertEquals(then, next.name());
    assertEquals(kills, budget.memoryKills());
  }

  @Test
  void loneWorkerThatIsSmallerThanTheThresholdMayBeTriedAgain() throws IOException {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 940 * MB, task(1, "hog", "task", true));
    node.used(20 * MB); // page tables, sockets: nobody's in particular
    node.run(5_000);
    assertEquals(List.of(7L), node.killed);
    assertFalse(fitsNever(node, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = KillPolicy.class,
      names = {"LARGEST", "RETRIABLE_LIFO"})
  void olderActorStaysAndNewerTaskGoes(KillPolicy policy) {
    Simulation node = new Simulation(directory, settings(policy));
    node.worker(7, 480 * MB, task(1, "actor", "actor", false));
    node.worker(8, 480 * MB, task(2, "task", "task", true));
    node.run(5_000);
    assertEquals(List.of(8L), node.killed);
  }

  @ParameterizedTest
  @EnumSource(
      value = KillPolicy.class,
      names = {"LARGEST", "RETRIABLE_LIFO"})
  void retriableGoesThoughItIsOlder(KillPolicy policy) {
    Simulation node = new Simulation(directory, settings(policy));
    node.worker(7, 480 * MB, task(1, "retriable", "task", true));
    node.worker(8, 480 * MB, task(2, "firm", "task", false));
    node.run(5_000);
    assertEquals(List.of(7L), node.killed);
  }

  @Test
  void nobodyGoesJustBelowTheThreshold() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    // 949 MB of 950 MB, nearly half of it shared memory, which counts once and for nobody.
    node.node.v1(FakeNode.V1_GROUP, Simulation.LIMIT, 949 * MB, 0, 440 * MB);
    node.run(60_000);
    assertEquals(List.of(), node.killed);
    node.node.v1(FakeNode.V1_GROUP, Simulation.LIMIT, 951 * MB, 0, 440 * MB);
    node.run(1_000);
    assertEquals(List.of(7L), node.killed);
  }

  @Test
  void nobodyWaitsForTheThresholdWhereTheBoundIsMillisecondsAway() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    grow(node, 3, 975);
    assertEquals(List.of(7L), node.killed.stream().distinct().toList());
    assertTrue(node.told("worker killed for memory: task a "));
    assertTrue(
        node.lines.stream().anyMatch(line -> line.contains("; before the threshold, ")),
        node.lines::toString);
  }

  @Test
  void slowerGrowthWaitsForTheThreshold() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    grow(node, 1, 949);
    assertEquals(List.of(), node.killed);
  }

  @Test
  void pageCacheIsNoReasonToKill() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.node.v1(FakeNode.V1_GROUP, Simulation.LIMIT, 990 * MB, 490 * MB);
    node.run(60_000);
    assertEquals(List.of(), node.killed);
  }

  @Test
  void nothingToKillIsToldOnce() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.node.host(16_000 * MB, 100 * MB);
    node.run(30_000);
    assertEquals(List.of(), node.killed);
    assertEquals(
        1,
        node.lines.stream()
            .filter(line -> line.startsWith("memory is short and nothing of this session"))
            .count());
  }

  @Test
  void fullCgroupThatIsNotOursToRelieveIsReported() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 20 * MB, task(1, "small", "task", true));
    node.used(975 * MB);
    node.run(30_000);
    assertEquals(List.of(), node.killed);
    assertTrue(node.told("memory is short and nothing of this session can relieve it"));
  }

  @Test
  void workerOfAnotherCgroupDoesNotPay() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.node.worker(
        node.directory,
        node.node.process(9, 77, 900 * MB, "4:memory:/other\n"),
        List.of(task(1, "elsewhere", "task", true)));
    node.worker(7, 300 * MB, task(1, "here", "task", true));
    node.used(660 * MB);
    node.run(5_000);
    assertEquals(List.of(7L), node.killed);
  }

  @Test
  void noSecondVictimWhileTheFirstIsDying() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.diesAtOnce = false;
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.worker(8, 460 * MB, task(1, "b", "task", true));
    node.run(2_000);
    assertEquals(List.of(8L), node.killed.stream().distinct().toList());
    node.dies(8);
    node.run(5_000);
    assertEquals(List.of(8L), node.killed.stream().distinct().toList());
    assertTrue(node.told("memory returned: decision=1, pid=8"));
  }

  @Test
  void secondVictimWhereUseClimbsOn() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.diesAtOnce = false;
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.worker(8, 460 * MB, task(1, "b", "task", true));
    for (int i = 0; i < 40; i++) {
      node.used(i * MB);
      node.run(20);
    }
    assertEquals(2, node.killed.stream().distinct().count());
  }

  @Test
  void numberThatWasGivenToAnotherProcessIsLeftAlone() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.worker(8, 460 * MB, task(1, "b", "task", true));
    long waited = node.monitor.look(true); // decides, and has asked for the last flush
    assertTrue(waited > 0);
    assertEquals(List.of(), node.killed);
    node.node.end(8);
    node.node.process(8, 9_999, 460 * MB, "4:memory:/job\n"); // a stranger
    node.run(1_000);
    assertFalse(node.killed.contains(8L));
    assertFalse(node.aimedAt.contains(new ProcessIdentity(8, 9_999)));
    assertFalse(node.aimedAt.contains(new ProcessIdentity(8, 1_008)), "it was gone by then");
  }

  @Test
  void workerThatVanishesEndsTheMatter() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 300 * MB, task(1, "a", "task", true));
    node.worker(8, 700 * MB, task(1, "b", "task", true));
    long waited = node.monitor.look(true);
    assertTrue(waited > 0);
    node.dies(8);
    node.run(1_000);
    assertEquals(List.of(), node.killed);
    assertTrue(requireNonNull(node.state.current()).isSettled());
  }

  @Test
  void loweredLimitIsHonouredAtTheNextLook() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.run(1_000);
    assertEquals(List.of(), node.killed);
    node.node.write(FakeNode.V1_GROUP + "/memory.limit_in_bytes", 510 * MB + "\n");
    node.run(MonitorSettings.DEFAULT.refreshMillis() + 400); // one refresh, and the last flush
    assertEquals(List.of(7L), node.killed);
  }

  @Test
  void garbageSkipsTheLook() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 990 * MB, task(1, "a", "task", true));
    node.node.write("proc/meminfo", "nonsense");
    node.run(10_000);
    assertEquals(List.of(), node.killed);
    assertTrue(node.told("memory not known, nothing decided in this look"));
  }

  @Test
  void taskFailsInItsOwnThreadWhereThereIsRoom() throws IOException {
    Simulation node = roomy();
    TaskRecord hog = canFail("hog");
    node.node.worker(node.directory, node.node.process(7, 4_000 * MB), List.of(hog));
    node.run(50);
    Decision decision = requireNonNull(node.state.current());
    assertEquals(Decision.Action.FAIL_TASK, decision.action());
    assertEquals(3, decision.task());
    assertTrue(
        Files.readString(node.directory.order(decision.sequence()))
            .contains("message=Task was failed because its node is running low on memory."));
    node.node.worker(node.directory, new ProcessIdentity(7, 1007), List.of()); // it failed
    node.node.host(16_000 * MB, 8_000 * MB);
    node.run(500);
    assertTrue(requireNonNull(node.state.current()).isSettled());
    assertEquals(List.of(), node.killed);
    assertTrue(node.told("memory returned: decision=1"));
  }

  @Test
  void workerIsKilledWhereItsTaskDoesNotFail() {
    Simulation node = roomy();
    node.node.worker(node.directory, node.node.process(7, 4_000 * MB), List.of(canFail("hog")));
    node.run(5_000);
    assertEquals(List.of(7L), node.killed);
    assertTrue(node.told("task failed for memory: task hog"));
    assertTrue(node.told("worker killed for memory: task hog"));
  }

  @Test
  void rungsThatAreSwitchedOffAreNotUsed() {
    Simulation node = new Simulation(directory, MonitorSettings.DEFAULT.with("rungs", "warn+fail"));
    node.worker(7, 980 * MB, task(1, "cannot fail", "task", true));
    node.run(5_000);
    assertEquals(List.of(), node.killed);
    assertTrue(node.told("memory is getting short"));
    assertTrue(
        node.lines.stream().anyMatch(line -> line.contains("killing workers is switched off")));
  }

  @Test
  void workerThatNobodyStartsAgainIsNotKilled() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    ProcessIdentity kept = node.worker(7, 600 * MB, task(1, "large", "task", true));
    node.node.worker(
        node.directory, kept, List.of(task(1, "large", "task", true)), Map.of("killable", "false"));
    node.worker(8, 380 * MB, task(2, "small", "task", true));
    node.run(5_000);
    assertEquals(List.of(8L), node.killed);
  }

  @Test
  void nobodyIsKilledForLittleIfATaskToBeKeptWouldEndWithIt() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(
        7,
        490 * MB,
        new TaskRecord(1, "large", "task", "a", 1, 0, 480 * MB, 0, true, "", 0, 0, 1, "", false),
        task(2, "firm", "task", false));
    node.worker(8, 480 * MB, task(3, "alone", "task", true));
    node.run(5_000);
    assertEquals(List.of(8L), node.killed);
  }

  @Test
  void reportStaysAsTheMonitorThatDecidedSawIt() throws IOException {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    MemoryMonitor other = node.another(2);
    node.node.process(1, 5 * MB); // so that the one that decides is seen to be alive
    node.diesAtOnce = false;
    node.worker(7, 500 * MB, task(1, "a", "task", true));
    node.worker(8, 480 * MB, task(2, "b", "task", true));
    while (node.killed.isEmpty()) {
      node.nanos.addAndGet(Math.max(1, node.monitor.look(true)));
    }
    Decision decision = requireNonNull(node.state.current());
    node.dies(node.killed.get(0));
    node.nanos.addAndGet(50_000_000);
    assertTrue(other.look(false) > 0);
    assertFalse(requireNonNull(node.state.current()).isSettled(), "not the other's business");
    node.node.end(1); // now it is
    assertTrue(other.look(false) > 0);
    assertTrue(requireNonNull(node.state.current()).isSettled());
    Path file =
        node.directory.logs().resolve("heaplight-oom-1-" + decision.victim().pid() + ".json");
    Object report = JsonValue.parse(Files.readString(file));
    assertEquals(decision.usedBytes(), JsonValue.number(report, "node", "usedBytes"));
    assertEquals("memory returned", JsonValue.text(report, "outcome"));
    assertTrue(JsonValue.number(report, "freedBytes") >= 480 * MB);
    assertEquals(1_700_000_001_000L, JsonValue.number(report, "timeMillis") / 1000 * 1000);
  }

  @Test
  void anotherTellsWhatCameOfAMonitorsEndByItsOwnDecision() throws IOException {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 960 * MB, task(1, "hog", "task", true));
    MemoryMonitor victims = node.another(7);
    while (node.killed.isEmpty()) {
      node.nanos.addAndGet(Math.max(1, victims.look(true)));
    }
    assertEquals(7, requireNonNull(node.state.current()).decider());
    node.run(1_000);
    assertTrue(requireNonNull(node.state.current()).isSettled());
    Object report =
        JsonValue.parse(Files.readString(node.directory.logs().resolve("heaplight-oom-1-7.json")));
    assertEquals("memory returned", JsonValue.text(report, "outcome"), node.lines::toString);
  }

  @Test
  void returnOfMemoryIsMeasuredWhereItWasShort() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 960 * MB, task(1, "hog", "task", true));
    node.node.host(16_000 * MB, 1_000 * MB); // the host is nearly full of others' memory
    node.run(5_000);
    assertEquals(List.of(7L), node.killed);
    assertTrue(
        node.told("memory returned: decision=1, pid=7, freed=960.0 MiB"), node.lines::toString);
  }

  @Test
  void countsAreTheSessionsWhicheverMonitorActed() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.worker(7, 960 * MB, task(1, "hog", "task", true));
    node.run(3_000);
    MemoryMonitor later = node.another(2);
    assertTrue(later.look(true) > 0);
    String metrics = later.metrics();
    assertTrue(
        metrics.contains(
            "heaplight_workers_killed_for_memory_total{kind=\"task\",name=\"hog\"} 1\n"),
        metrics);
    assertTrue(metrics.contains("heaplight_workers_ended_total{cause=\"monitor\"} 1\n"), metrics);
    later.summarise();
    assertTrue(
        node.told("0 tasks failed and 1 workers killed because memory was short, 0 workers ended"),
        node.lines::toString);
    later.summarise();
    assertEquals(
        1, node.lines.stream().filter(line -> line.contains("because memory was short")).count());
  }

  @Test
  void ofTwoThatLeadOneDecidesPerEvent() throws Exception {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    MemoryMonitor other = node.another(2);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int race = 0; race < RACES; race++) {
        long hog = 1_000 + race * 2L;
        node.worker(hog, 500 * MB, task(1, "hog", "task", true));
        node.worker(hog + 1, 490 * MB, task(1, "bystander", "task", true));
        CyclicBarrier start = new CyclicBarrier(2);
        Future<?> first = pool.submit(() -> look(node, node.monitor, start));
        Future<?> second = pool.submit(() -> look(node, other, start));
        first.get();
        second.get();
        assertEquals(race + 1, node.killed.size());
        for (long pid : List.of(hog, hog + 1)) {
          if (!node.killed.contains(pid)) {
            node.dies(pid);
          }
        }
        look(node, node.monitor, new CyclicBarrier(1));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void look(Simulation node, MemoryMonitor monitor, CyclicBarrier start)
      throws Exception {
    start.await();
    for (int i = 0; i < 20; i++) {
      long waited = monitor.look(false);
      node.nanos.addAndGet(waited > 0 ? 100_000_000 : 0);
    }
    return null;
  }

  /** Use grows from 700 MB on, so many MB in a millisecond, until {@code untilMb} are used. */
  private static void grow(Simulation node, int mbEachMilli, int untilMb) {
    long startNanos = node.nanos.get();
    long usedMb = 700;
    while (usedMb < untilMb && node.killed.isEmpty()) {
      node.used((usedMb - 500) * MB);
      node.run(1);
      usedMb = 700 + (node.nanos.get() - startNanos) / 1_000_000 * mbEachMilli;
    }
  }

  /** 16 GB of which 400 MB are free. */
  private Simulation roomy() {
    Simulation node = new Simulation(directory, settings(KillPolicy.LARGEST));
    node.node.host(16_000 * MB, 400 * MB);
    return node;
  }

  private static TaskRecord canFail(String name) {
    return new TaskRecord(3, name, "task", "id", 1, 0, 0, 0, true, "", 0, 0, 1, "", true);
  }

  private static MonitorSettings settings(KillPolicy policy) {
    return MonitorSettings.DEFAULT.with("policy", policy.text());
  }

  private static boolean fitsNever(Simulation node, int reports) throws IOException {
    try (Stream<Path> files = Files.list(node.directory.logs())) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertEquals(reports, found.size());
      Path last =
          found.stream()
              .filter(file -> file.toString().contains("-oom-" + reports + "-"))
              .findAny()
              .orElseThrow();
      Object report = JsonValue.parse(Files.readString(last));
      assertEquals("KILL_WORKER", JsonValue.text(report, "action"));
      assertEquals("hog", JsonValue.text(report, "victim", "name"));
      assertEquals("memory returned", JsonValue.text(report, "outcome"));
      return Boolean.TRUE.equals(JsonValue.at(report, "fitsNever"));
    }
  }
}
