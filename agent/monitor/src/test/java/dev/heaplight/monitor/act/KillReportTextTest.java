package dev.heaplight.monitor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.account.TopUsers;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One report in all its forms. */
class KillReportTextTest {
  private static final long MB = 1 << 20;
  private static final ProcessIdentity WORKER = new ProcessIdentity(4711, 99);

  @Test
  void messageTellsAllThatACallerNeeds() {
    assertEquals(
        """
        Worker was killed because its node is running low on memory.
        Memory on node-1 (/sys/fs/cgroup/job) was 580.0 MiB / 600.0 MiB (0.967), above the\
         threshold of 0.95 (570.0 MiB; used = memory.current - inactive_file - active_file).
        That is 20.0 MiB of shared memory, counted once, 500.0 MiB of the session's workers and\
         60.0 MiB of others.
        Victim: task hog (id=h-1), pid=4711, memory used=400.0 MiB, its worker's=500.0 MiB (RSS -\
         shared (RssAnon)), attempt 2, not retriable; 1 more of its worker's tasks end with it.
        Why this one: first of 2 by policy largest: largest.
        Candidates:
          1. task hog (id=h-1), pid=4711, 400.0 MiB: largest
          2. actor small (id=s-1), pid=4711, 100.0 MiB: smaller
        Top 1 memory users (RSS - shared (RssAnon)):
          PID      MEM(GB)  COMMAND
          4711     0.48     java -jar worker.jar
        Allocated 390.0 MiB at:
            at acme.Hog.grow(Hog.java:35)
            at acme.Hog.main(Hog.java:22)
        Look at it with: heaplight flamegraph '/s/logs/hog-h-1.heaplight'
        Report: /s/logs/heaplight-oom-3-4711.json""",
        KillReportText.message(report()));
  }

  @Test
  void lineTellsWhoHowMuchWhyAndWhere() {
    assertEquals(
        "worker killed for memory: task hog (id=h-1), pid=4711, held=400.0 MiB, /sys/fs/cgroup/job"
            + " at 580.0 MiB of 600.0 MiB (0.967), why=largest,"
            + " report=/s/logs/heaplight-oom-3-4711.json",
        KillReportText.line(report()));
  }

  @Test
  void fileHoldsTheSameAndWhatProgramsNeed() {
    Object json = JsonValue.parse(KillReportJson.of(report()));
    assertEquals(KillReportText.message(report()), JsonValue.text(json, "message"));
    assertEquals("KILL_WORKER", JsonValue.text(json, "action"));
    assertEquals(580 * MB, JsonValue.number(json, "node", "usedBytes"));
    assertEquals(500 * MB, JsonValue.number(json, "node", "workersBytes"));
    assertEquals(60 * MB, JsonValue.number(json, "node", "otherBytes"));
    assertEquals(450 * MB, JsonValue.number(json, "victim", "ussBytes"));
    assertEquals(460 * MB, JsonValue.number(json, "victim", "pssBytes"));
    assertEquals(1, JsonValue.number(json, "victim", "neighbours"));
    assertEquals("false", JsonValue.text(json, "fitsNever"));
    assertEquals(
        List.of("heaplight flamegraph '/s/logs/hog-h-1.heaplight'"),
        JsonValue.at(json, "commands"));
  }

  @Test
  void listOfCandidatesEndsSomewhereInTheMessageAndNotInTheFile() {
    List<Ranked> many = Collections.nCopies(30, report().victim());
    KillReport report =
        new KillReport(
            report().decision(),
            0,
            "node-1",
            report().level(),
            MonitorSettings.DEFAULT,
            report().victim(),
            many,
            Map.of(),
            List.of(),
            List.of(),
            KillReport.Outcome.PENDING,
            0,
            report().file());
    assertTrue(KillReportText.message(report).contains("  20. task hog"));
    assertTrue(KillReportText.message(report).contains("  and 10 more, see the report\n"));
    Object listed = JsonValue.at(JsonValue.parse(KillReportJson.of(report)), "candidates");
    assertEquals(30, listed instanceof List<?> candidates ? candidates.size() : -1);
  }

  private static KillReport report() {
    Ranked hog = new Ranked(candidate("hog", "task", "h-1", 400 * MB, 2), "largest");
    Ranked small = new Ranked(candidate("small", "actor", "s-1", 100 * MB, 1), "smaller");
    return new KillReport(
        new Decision(
            3,
            WORKER,
            Decision.WHOLE_WORKER,
            Decision.Action.KILL_WORKER,
            Decision.Phase.DECIDED,
            1,
            580 * MB,
            Decision.levelOf("/sys/fs/cgroup/job"),
            7),
        1_700_000_000_000L,
        "node-1",
        new MemoryLevel(
            MemoryLevel.Kind.CGROUP_V2, "/sys/fs/cgroup/job", 580 * MB, 600 * MB, 20 * MB),
        MonitorSettings.DEFAULT,
        hog,
        List.of(hog, small),
        Map.of(4711L, new ProcessMemory.Mapped(450 * MB, 460 * MB)),
        List.of(new TopUsers.User(4711, 520_000_000, "java -jar worker.jar")),
        List.of(
            new KillReport.StackShare(
                390 * MB,
                390,
                List.of("acme.Hog.grow(Hog.java:35)", "acme.Hog.main(Hog.java:22)"))),
        KillReport.Outcome.PENDING,
        0,
        Path.of("/s/logs/heaplight-oom-3-4711.json"));
  }

  private static Candidate candidate(String name, String kind, String id, long bytes, int attempt) {
    TaskRecord task =
        new TaskRecord(
            1,
            name,
            kind,
            id,
            1,
            0,
            0,
            0,
            false,
            "",
            0,
            0,
            attempt,
            "/s/logs/" + name + "-" + id + ".heaplight",
            true);
    return new Candidate(
        WORKER, task, bytes, 500 * MB, ProcessMemory.RSS_MINUS_SHARED, 1, false, true);
  }
}
