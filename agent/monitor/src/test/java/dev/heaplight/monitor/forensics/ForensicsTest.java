package dev.heaplight.monitor.forensics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.FakeNode;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.WorkerMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForensicsTest {
  private static final ProcessIdentity WORKER = new ProcessIdentity(42, 5_000);
  private static final String CGROUP = "/sys/fs/cgroup/memory/job";
  private static final KernelLog QUIET = KernelLog.of(List.of("[   10.0] something else"));

  @TempDir private Path root;
  private FakeNode fake;
  private MonitorDirectory session;

  @BeforeEach
  void newSession() throws IOException {
    fake = new FakeNode(root);
    session = new MonitorDirectory(root.resolve("session")).create();
    worker(Map.of());
  }

  /** Marks: s shutdown, o out of memory, eN exit(N), hN halt(N); a dash for none at all. */
  @ParameterizedTest
  @CsvSource({
    // exit code, marks, oom_kill, verdict
    "0,    s,    0, CLEAN",
    "0,    s e0, 0, CLEAN",
    "3,    s e3, 0, EXITED",
    "1,    s,    0, EXITED",
    "1,    h1,   0, EXITED",
    "0,    h0,   0, CLEAN",
    "1,    s o,  0, JVM_OUT_OF_MEMORY",
    "0,    s o,  0, CLEAN",
    "143,  s,    0, EXTERNAL_SIGNAL",
    "137,  '',   0, EXTERNAL_SIGNAL",
    "137,  '',   1, UNKNOWN",
    "137,  s e137, 0, EXITED",
    "255,  s e-1, 0, EXITED",
    "0,    s e3, 0, CLEAN",
    "0,    h3,   0, UNKNOWN",
    "134,  '',   0, UNKNOWN",
    "139,  '',   0, UNKNOWN",
    "2,    '',   0, UNKNOWN",
    "'',   s,    0, CLEAN",
    "'',   '',   0, UNKNOWN",
    "'',   '',   1, UNKNOWN",
  })
  void verdict(String exitCode, String marks, int kernelKills, Verdict expected)
      throws IOException {
    marks(marks);
    kernelKills(kernelKills);
    if (!exitCode.isEmpty()) {
      exit(exitCode, kernelKills);
    }
    Explanation explained = explain(QUIET);
    assertEquals(expected, explained.verdict(), explained.toString());
    assertTrue(explained.evidence().size() >= 2, explained.toString());
  }

  @Test
  void kernelLogThatNamesTheProcessIsEnough() throws IOException {
    marks("");
    Explanation explained =
        explain(
            KernelLog.of(
                List.of(
                    "[   12.000001] Memory cgroup out of memory: Killed process 42 (java) old",
                    "[   90.1] oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/job,task_memcg=/job,"
                        + "task=java,pid=42,uid=0",
                    "[   90.2] Memory cgroup out of memory: Killed process 42 (java) total-vm:1kB")));
    assertEquals(Verdict.KERNEL_OOM, explained.verdict());
    assertTrue(
        explained
            .evidence()
            .contains(
                "kernel log: [   90.2] Memory cgroup out of memory: Killed process 42 (java)"
                    + " total-vm:1kB"));
    assertEquals("the kernel's OOM killer ended it, in cgroup /job", explained.detail());
  }

  @Test
  void killOfAnEarlierProcessOfThatNumberIsNone() throws IOException {
    marks("");
    exit("137", 0);
    Explanation explained =
        explain(
            KernelLog.of(
                List.of("[   12.0] Out of memory: Killed process 42 (java) total-vm:1kB")));
    assertEquals(Verdict.EXTERNAL_SIGNAL, explained.verdict());
  }

  @Test
  void killOfALaterProcessOfThatNumberIsNone() throws IOException {
    marks("");
    fake.write("proc/stat", "cpu 1 2 3\nbtime 1000000\n");
    exit("137", 0);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.putAll(KeyValues.read(session.exits().resolve(WORKER.text())));
    facts.put("endedMillis", "1000100000"); // 100 s after the boot
    KeyValues.write(session.exits().resolve(WORKER.text()), facts);
    String killed = ".0] Out of memory: Killed process 42 (java) total-vm:1kB";
    assertEquals(
        Verdict.EXTERNAL_SIGNAL, explain(KernelLog.of(List.of("[  110" + killed))).verdict());
    assertEquals(Verdict.KERNEL_OOM, explain(KernelLog.of(List.of("[  100" + killed))).verdict());
  }

  @Test
  void crashInCodeThatIsNamedAfterTheErrorIsACrash() throws IOException {
    marks("");
    exit("134", 0);
    worker(Map.of("cwd", root.toString()));
    Files.writeString(
        root.resolve("hs_err_pid42.log"),
        """
        #  SIGSEGV (0xb) at pc=0x00007f, pid=42, tid=43
        # Problematic frame:
        # J 12 com.acme.OutOfMemoryGuard.check()V
        """);
    assertEquals(Verdict.CRASH, explain(QUIET).verdict());
  }

  @Test
  void countsAreEnoughWhereTheLogCannotBeRead() throws IOException {
    marks("");
    exit("137", 1);
    assertEquals(Verdict.KERNEL_OOM, explain(KernelLog.unreadable()).verdict());
  }

  @Test
  void countsThatAnotherMayHaveCausedAreNot() throws IOException {
    marks("");
    exit("137", 1);
    ProcessIdentity other = new ProcessIdentity(43, 6_000);
    KeyValues.write(session.worker(other), Map.of("pid", "43", "startTicks", "6000"));
    KeyValues.write(session.exits().resolve(other.text()), Map.of("exitCode", "137"));
    assertEquals(Verdict.UNKNOWN, explain(KernelLog.unreadable()).verdict());
  }

  @Test
  void exitAtOutOfMemoryNeedsTheOption() throws IOException {
    marks("");
    exit("3", 0);
    assertEquals(Verdict.UNKNOWN, explain(QUIET).verdict());
    worker(Map.of("exitOnOutOfMemory", "true"));
    assertEquals(Verdict.JVM_OUT_OF_MEMORY, explain(QUIET).verdict());
  }

  @Test
  void crashIsReadFromTheJvmsReport() throws IOException {
    marks("");
    exit("134", 0);
    worker(Map.of("cwd", root.toString()));
    Files.writeString(
        root.resolve("hs_err_pid42.log"),
        """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  SIGSEGV (0xb) at pc=0x00007f, pid=42, tid=43
        """);
    Explanation explained = explain(QUIET);
    assertEquals(Verdict.CRASH, explained.verdict());
    assertEquals(
        "the JVM crashed: SIGSEGV (0xb) at pc=0x00007f, pid=42, tid=43", explained.detail());
  }

  @Test
  void jvmThatCrashesOutOfHeapIsOutOfHeap() throws IOException {
    marks("");
    exit("134", 0);
    worker(Map.of("cwd", root.toString(), "crashOnOutOfMemory", "true"));
    Files.writeString(
        root.resolve("hs_err_pid42.log"),
        """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  Internal Error (debug.cpp:362), pid=42, tid=43
        #  fatal error: OutOfMemory encountered: Java heap space
        """);
    Explanation explained = explain(QUIET);
    assertEquals(Verdict.JVM_OUT_OF_MEMORY, explained.verdict());
    assertEquals(
        "the JVM ended itself, out of heap: fatal error: OutOfMemory encountered: Java heap space",
        explained.detail());
  }

  @Test
  void reportOfACrashIsNotThisOnesWhereItEndedInOrder() throws IOException {
    marks("s e0");
    exit("0", 0);
    worker(Map.of("cwd", root.toString()));
    Files.writeString(root.resolve("hs_err_pid42.log"), "#  SIGSEGV (0xb) at pc=0x0, pid=42\n");
    assertEquals(Verdict.CLEAN, explain(QUIET).verdict());
  }

  @Test
  void endByTheErrorOfAFailedTaskIsToldWithItsReport() throws IOException {
    marks("s");
    exit("1", 0);
    Files.writeString(session.logs().resolve("heaplight-oom-1-42.json"), "{ damaged");
    Path report = session.logs().resolve("heaplight-oom-2-42.json");
    Files.writeString(report, "{\"action\": \"FAIL_TASK\", \"victim\": {\"startTicks\": 5000}}");
    Explanation explained = explain(QUIET);
    assertEquals(Verdict.EXITED, explained.verdict());
    assertEquals(report.toString(), explained.report());
    assertTrue(
        explained.evidence().contains("the monitor failed a task of it before: " + report),
        explained.toString());
  }

  @Test
  void ownKillIsToldByItsReport() throws IOException {
    Files.writeString(
        session.logs().resolve("heaplight-oom-3-42.json"),
        """
        {"action": "KILL_WORKER", "message": "all of it",
         "victim": {"startTicks": 5000, "why": "the largest"}}
        """);
    Explanation explained = explain(QUIET);
    assertEquals(Verdict.MONITOR_KILL, explained.verdict());
    assertEquals("all of it", explained.message());
    assertTrue(explained.report().endsWith("heaplight-oom-3-42.json"));
  }

  @Test
  void reportAboutAnEarlierProcessOfThatNumberIsNone() throws IOException {
    marks("s");
    exit("0", 0);
    Files.writeString(
        session.logs().resolve("heaplight-oom-3-42.json"),
        "{\"action\": \"KILL_WORKER\", \"victim\": {\"startTicks\": 4999}}");
    assertEquals(Verdict.CLEAN, explain(QUIET).verdict());
  }

  @Test
  void processThatRunsIsLeftInPeace() {
    fake.process(42, 5_000, 1, "");
    assertEquals(Verdict.RUNNING, explain(QUIET).verdict());
  }

  @Test
  void garbageIsNoEvidence() throws IOException {
    Files.writeString(session.marks(WORKER), "x");
    Files.writeString(session.exits().resolve(WORKER.text()), "no facts");
    Files.writeString(session.logs().resolve("heaplight-oom-1-42.json"), "{");
    assertEquals(Verdict.UNKNOWN, explain(QUIET).verdict());
  }

  private Explanation explain(KernelLog log) {
    return new Forensics(session, root, log).explain(WORKER);
  }

  private void worker(Map<String, String> more) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("pid", "42");
    facts.put("startTicks", "5000");
    facts.put("cgroup.0.path", root + CGROUP);
    facts.put("cgroup.0.oomKill", "0");
    facts.put("host.oomKill", "0");
    facts.putAll(more);
    KeyValues.write(session.worker(WORKER), facts);
    kernelKills(0);
  }

  private void kernelKills(int count) {
    fake.v1(CGROUP, 1, 1, 0);
    fake.write(CGROUP + "/memory.oom_control", "under_oom 0\noom_kill " + count + "\n");
    fake.write("proc/vmstat", "oom_kill " + count + "\n");
  }

  private void exit(String code, int kernelKills) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("exitCode", code);
    facts.put("cgroup.0.path", root + CGROUP);
    facts.put("cgroup.0.oomKillBefore", "0");
    facts.put("host.oomKillBefore", "0");
    facts.put("cgroup.0.oomKillAfter", Integer.toString(kernelKills));
    facts.put("host.oomKillAfter", Integer.toString(kernelKills));
    KeyValues.write(session.exits().resolve(WORKER.text()), facts);
  }

  private void marks(String text) throws IOException {
    WorkerMarks marks = WorkerMarks.create(session.marks(WORKER));
    for (String mark : text.split(" ", -1)) {
      if (mark.equals("s")) {
        marks.markShutdown();
      } else if (mark.equals("o")) {
        marks.markOutOfMemory();
      } else if (mark.startsWith("e")) {
        marks.markExit(Integer.parseInt(mark.substring(1)));
      } else if (mark.startsWith("h")) {
        marks.markHalt(Integer.parseInt(mark.substring(1)));
      }
    }
  }
}
