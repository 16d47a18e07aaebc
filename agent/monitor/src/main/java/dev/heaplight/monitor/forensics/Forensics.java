package dev.heaplight.monitor.forensics;

import dev.heaplight.monitor.account.BootTime;
import dev.heaplight.monitor.account.KernelKills;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.WorkerMarks;
import dev.heaplight.monitor.session.WorkerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explains ends of a session's workers.
 *
 * <p>Order of the questions: does it run; did our monitor kill it; did the JVM leave a report of a
 * crash; what did the worker itself note; did the kernel's OOM killer count a kill there; what is
 * the exit code. A cause is named where the evidence leaves no other.
 */
public final class Forensics {
  private static final long TICKS_PER_SECOND = 100; // USER_HZ, the same on all of Linux
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int SIGNAL = 128;
  private static final int SIGKILL = SIGNAL + 9;
  private static final int EXIT_CODE_MASK = 0xFF;

  /** SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV: what a process mostly does to itself. */
  private static final Set<Long> OWN_ABORTS = Set.of(132L, 134L, 135L, 136L, 139L);

  private static final int EXIT_ON_OUT_OF_MEMORY = 3;

  private final MonitorDirectory directory;
  private final Path root;
  private final KernelLog log;

  /** Of one session; {@code root} is where {@code /proc} hangs. */
  public Forensics(MonitorDirectory directory, Path root, KernelLog log) {
    this.directory = directory;
    this.root = root;
    this.log = log;
  }

  /** All workers the session knows, by the order of their start. */
  public List<ProcessIdentity> workers() {
    List<ProcessIdentity> workers = new ArrayList<>();
    for (Path file : WorkerRecord.files(directory)) {
      WorkerRecord.read(file).map(WorkerRecord::identity).ifPresent(workers::add);
    }
    workers.sort(
        Comparator.comparingLong(ProcessIdentity::startTicks)
            .thenComparingLong(ProcessIdentity::pid));
    return workers;
  }

  /** Why a worker ended. */
  public Explanation explain(ProcessIdentity worker) {
    Traces traces = new Traces(directory, worker);
    Case weighed = new Case(worker, traces);
    if (worker.isAlive(root.resolve("proc"))) {
      return weighed.verdict(Verdict.RUNNING, "it still runs");
    }
    Optional<Traces.Kill> kill = traces.kill();
    if (kill.isPresent()) {
      return weighed.killed(kill.get());
    }
    return weighed.weigh();
  }

  /** One worker's case: collects evidence as it goes. */
  private final class Case {
    private final ProcessIdentity worker;
    private final Traces traces;
    private final Map<String, String> exit;
    private final @Nullable WorkerMarks marks;
    private final List<String> evidence = new ArrayList<>();
    private String kernelBound = "";

    Case(ProcessIdentity worker, Traces traces) {
      this.worker = worker;
      this.traces = traces;
      this.exit = traces.exit();
      this.marks = traces.marks();
    }

    Explanation killed(Traces.Kill kill) {
      evidence.add("the monitor's report of the kill: " + kill.file());
      addExitCode();
      Explanation known =
          verdict(
              Verdict.MONITOR_KILL,
              "Heaplight's monitor killed it because memory was short: "
                  + JsonValue.text(kill.json(), "victim", "why"));
      return new Explanation(
          worker,
          known.command(),
          known.verdict(),
          known.detail(),
          known.evidence(),
          JsonValue.text(kill.json(), "message"),
          kill.file().toString());
    }

    Explanation weigh() {
      evidence.add("no report of a kill by the monitor");
      addExitCode();
      String failure = traces.failure().map(Traces.Kill::file).map(Path::toString).orElse("");
      if (!failure.isEmpty()) {
        evidence.add("the monitor failed a task of it before: " + failure);
      }
      return weighTraces().inLightOf(failure);
    }

    private Explanation weighTraces() {
      Optional<Traces.Crash> crash = traces.crash(root);
      if (crash.isPresent() && !(orderly() && endedWell())) {
        evidence.add("the JVM's report: " + crash.get().file());
        boolean heap = crash.get().outOfHeap();
        return verdict(
            heap ? Verdict.JVM_OUT_OF_MEMORY : Verdict.CRASH,
            (heap ? "the JVM ended itself, out of heap: " : "the JVM crashed: ")
                + crash.get().cause());
      }
      if (traces.unreadable() > 0) {
        evidence.add("a report of a crash is there and cannot be read");
      }
      addMarks();
      addRecordings();
      KernelFinding kernel = kernel();
      if (orderly()) {
        return ended();
      }
      if (kernel == KernelFinding.KILLED && (!codeKnown() || code() == SIGKILL)) {
        return verdict(Verdict.KERNEL_OOM, "the kernel's OOM killer ended it, " + kernelBound);
      }
      return exit.containsKey("exitCode") ? byExitCode(kernel) : withoutExitCode(kernel);
    }

    private boolean orderly() {
      return marks != null && (marks.shutdownBegan() || (marks.halted() && askedForIt()));
    }

    private boolean codeKnown() {
      return exit.containsKey("exitCode");
    }

    private long code() {
      return Traces.number(exit, "exitCode");
    }

    private boolean endedWell() {
      return codeKnown() && code() == 0;
    }

    /** Whether the program asked for the end it had; what it asked for may have been refused. */
    private boolean askedForIt() {
      return marks != null
          && marks.askedToExit()
          && (!codeKnown() || (marks.exitStatus() & EXIT_CODE_MASK) == code());
    }

    /** The worker itself told how it ends. */
    private Explanation ended() {
      WorkerMarks left = Objects.requireNonNull(marks);
      long code = code();
      boolean known = codeKnown();
      boolean asked = askedForIt();
      Verdict byItself = left.exitStatus() == 0 ? Verdict.CLEAN : Verdict.EXITED;
      if (left.halted() && asked) {
        return verdict(
            byItself,
            "its program halted the JVM with status " + left.exitStatus() + ", without a shutdown");
      }
      if (known && code > SIGNAL && !asked) {
        return verdict(
            Verdict.EXTERNAL_SIGNAL, "it was asked to end by " + signal(code) + " and shut down");
      }
      if (left.ranOutOfMemory() && (!known || code != 0)) {
        return verdict(
            Verdict.JVM_OUT_OF_MEMORY, "an OutOfMemoryError that nothing caught ended a thread");
      }
      if (asked) {
        return verdict(byItself, "its program exited with status " + left.exitStatus());
      }
      return known && code != 0
          ? verdict(
              Verdict.EXITED,
              "it shut down with exit code " + code + ", after an exception in main")
          : verdict(Verdict.CLEAN, "it shut down" + (known ? "" : "; its exit code is not known"));
    }

    private Explanation byExitCode(KernelFinding kernel) {
      long code = Traces.number(exit, "exitCode");
      if (code == EXIT_ON_OUT_OF_MEMORY
          && "true".equals(traces.facts().get("exitOnOutOfMemory"))
          && marks != null) {
        return verdict(
            Verdict.JVM_OUT_OF_MEMORY,
            "the JVM exited at an OutOfMemoryError, as -XX:+ExitOnOutOfMemoryError says");
      }
      if (code == SIGKILL && kernel == KernelFinding.POSSIBLE) {
        return verdict(
            Verdict.UNKNOWN,
            "SIGKILL: the kernel's OOM killer was at work there meanwhile, and nothing says whether"
                + " it killed this process");
      }
      if (OWN_ABORTS.contains(code)) {
        return verdict(
            Verdict.UNKNOWN,
            "it ended by "
                + signal(code)
                + " and left no report of a crash: it crashed and could not write one, or somebody"
                + " sent that");
      }
      if (code > SIGNAL) {
        return verdict(
            kernel == KernelFinding.UNKNOWN && code == SIGKILL
                ? Verdict.UNKNOWN
                : Verdict.EXTERNAL_SIGNAL,
            kernel == KernelFinding.UNKNOWN && code == SIGKILL
                ? "SIGKILL: by somebody or by the kernel, whose counts are not known"
                : "it was ended by " + signal(code) + ", sent from outside");
      }
      return verdict(
          marks == null && code == 0 ? Verdict.CLEAN : Verdict.UNKNOWN,
          "it ended itself with exit code "
              + code
              + ", without a shutdown: by a native exit, or by the JVM before the agent was ready");
    }

    private Explanation withoutExitCode(KernelFinding kernel) {
      return verdict(
          Verdict.UNKNOWN,
          switch (kernel) {
            case NONE ->
                "it ended from one moment to the next, and not by the kernel's OOM killer: by a"
                    + " signal or a native exit. Its exit code would tell: start workers with"
                    + " heaplight run";
            case POSSIBLE ->
                "it ended from one moment to the next, and the kernel's OOM killer was at work there"
                    + " meanwhile. Its exit code would tell: start workers with heaplight run";
            default ->
                "it ended from one moment to the next. Its exit code and the kernel's counts would"
                    + " tell: start workers with heaplight run";
          });
    }

    private KernelFinding kernel() {
      long started = worker.startTicks() / TICKS_PER_SECOND;
      Optional<KernelLog.Kill> line = log.kill(worker.pid(), started, endedSinceBoot());
      if (line.isPresent()) {
        evidence.add("kernel log: " + line.get().line());
        kernelBound = line.get().bound();
        return KernelFinding.KILLED;
      }
      evidence.add(
          log.isReadable()
              ? "the kernel log names no kill of this process"
              : "the kernel log cannot be read");
      KernelKills before = before();
      KernelKills after = after(before);
      if (before == null || after == null) {
        evidence.add("the kernel's counts of kills are not known");
        return KernelFinding.UNKNOWN;
      }
      for (Map.Entry<String, Long> cgroup : before.byCgroup().entrySet()) {
        long now = after.byCgroup().getOrDefault(cgroup.getKey(), -1L);
        if (now >= 0 && cgroup.getValue() >= 0) {
          // The innermost tells: a kill counts there whichever limit was reached.
          long more = now - cgroup.getValue();
          evidence.add("oom_kill of " + cgroup.getKey() + ": " + cgroup.getValue() + " -> " + now);
          kernelBound = "in cgroup " + cgroup.getKey();
          return more == 0 ? KernelFinding.NONE : explainedBySelf(more);
        }
      }
      long host = before.host() < 0 || after.host() < 0 ? -1 : after.host() - before.host();
      evidence.add("oom_kill of the host: " + before.host() + " -> " + after.host());
      return host == 0
          ? KernelFinding.NONE
          : host > 0 ? KernelFinding.POSSIBLE : KernelFinding.UNKNOWN;
    }

    /** When its supervisor saw it end, in seconds since the boot; without end if nothing did. */
    private long endedSinceBoot() {
      long ended = Traces.number(exit, "endedMillis");
      long boot = BootTime.epochSeconds(root);
      return ended == 0 || boot < 0 ? Long.MAX_VALUE : ended / MILLIS_PER_SECOND - boot;
    }

    /**
     * A count that rose as this process got SIGKILL is its own kill, if no other of the session may
     * have caused it and the log, could it be read, would not have to name it.
     */
    private KernelFinding explainedBySelf(long kills) {
      long sigkilled =
          workers().stream()
              .filter(other -> !other.isAlive(root.resolve("proc")))
              .map(other -> new Traces(directory, other))
              .filter(other -> other.kill().isEmpty())
              .filter(other -> Traces.number(other.exit(), "exitCode") == SIGKILL)
              .count();
      boolean mine = Traces.number(exit, "exitCode") == SIGKILL && sigkilled <= kills;
      if (mine && !log.isReadable()) {
        return KernelFinding.KILLED;
      }
      return KernelFinding.POSSIBLE;
    }

    private @Nullable KernelKills before() {
      KernelKills atExit = KernelKills.read("oomKillBefore", exit);
      return atExit != null ? atExit : KernelKills.read("oomKill", traces.facts());
    }

    private @Nullable KernelKills after(@Nullable KernelKills before) {
      KernelKills atExit = KernelKills.read("oomKillAfter", exit);
      if (atExit != null || before == null) {
        return atExit;
      }
      Map<String, Long> now = new LinkedHashMap<>();
      Map<String, String> noticed = traces.noticed();
      KernelKills seen = KernelKills.read("oomKill", noticed);
      for (String path : before.byCgroup().keySet()) {
        long count = KernelKills.of(Path.of(path));
        now.put(path, count >= 0 || seen == null ? count : seen.byCgroup().getOrDefault(path, -1L));
      }
      return new KernelKills(now, KernelKills.ofHost(root));
    }

    private void addExitCode() {
      if (exit.containsKey("exitCode")) {
        long code = Traces.number(exit, "exitCode");
        evidence.add(
            "exit code "
                + code
                + (code > SIGNAL ? " (" + signal(code) + ")" : "")
                + ", seen by its supervisor");
      } else {
        evidence.add("exit code not known: nothing supervised it");
      }
    }

    private void addMarks() {
      if (marks == null) {
        evidence.add("the worker left no marks: it ended before its agent was ready");
        return;
      }
      evidence.add(
          "the worker noted: shutdown "
              + (marks.shutdownBegan() ? "begun" : "not begun")
              + (marks.askedToExit()
                  ? ", "
                      + (marks.halted() ? "Runtime.halt(" : "Runtime.exit(")
                      + marks.exitStatus()
                      + ") called"
                  : "")
              + (marks.ranOutOfMemory() ? ", OutOfMemoryError uncaught" : ""));
    }

    private void addRecordings() {
      String recordings = traces.recordings();
      if (!recordings.isEmpty()) {
        evidence.add(recordings);
      }
    }

    Explanation verdict(Verdict verdict, String detail) {
      return new Explanation(
          worker,
          traces.facts().getOrDefault("command", ""),
          verdict,
          detail,
          List.copyOf(evidence),
          "",
          "");
    }
  }

  /** What the kernel's counts and log say. */
  private enum KernelFinding {
    KILLED,
    POSSIBLE,
    NONE,
    UNKNOWN
  }

  private static String signal(long code) {
    int number = (int) (code - SIGNAL);
    return switch (number) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 3 -> "SIGQUIT";
      case 6 -> "SIGABRT";
      case 9 -> "SIGKILL";
      case 11 -> "SIGSEGV";
      case 15 -> "SIGTERM";
      default -> "signal " + number;
    };
  }
}
