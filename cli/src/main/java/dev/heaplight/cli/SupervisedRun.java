package dev.heaplight.cli;

import dev.heaplight.monitor.account.KernelKills;
import dev.heaplight.monitor.forensics.Explanation;
import dev.heaplight.monitor.forensics.Forensics;
import dev.heaplight.monitor.forensics.KernelLog;
import dev.heaplight.monitor.forensics.Verdict;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One start of a program, and what its parent alone can tell of its end. */
final class SupervisedRun {
  private static final Path ROOT = Path.of("/");

  /** Read by the worker's agent. */
  private static final String ATTEMPT_VARIABLE = "HEAPLIGHT_ATTEMPT";

  private final Process process;
  private final @Nullable Path session;
  private final @Nullable ProcessIdentity identity;
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * How a run ended.
   *
   * @param message what the monitor says, empty if it did not act
   * @param forMemory whether the monitor killed it, or failed a task of it whose error ended it
   * @param fitsNever whether it alone would be over the threshold again
   */
  record End(
      Verdict verdict, String detail, String message, boolean forMemory, boolean fitsNever) {}

  private SupervisedRun(Process process, @Nullable Path session, int attempt) {
    this.process = process;
    this.session = session;
    this.identity = ProcessIdentity.of(ROOT.resolve("proc"), process.pid()).orElse(null);
    facts.put("pid", Long.toString(process.pid()));
    facts.put("startTicks", identity == null ? "0" : Long.toString(identity.startTicks()));
    facts.put("startedMillis", Long.toString(System.currentTimeMillis()));
    facts.put("attempt", Integer.toString(attempt));
    KernelKills.around(ROOT, process.pid()).write("oomKillBefore", facts);
  }

  /**
   * Starts a command.
   *
   * @param session where its end is noted; null if that is nowhere
   */
  static SupervisedRun start(List<String> command, @Nullable Path session, int attempt)
      throws UserError {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put(ATTEMPT_VARIABLE, Integer.toString(attempt));
      Process process = builder.start();
      return new SupervisedRun(process, session, attempt);
    } catch (IOException e) {
      throw new UserError(
          "cannot run " + command.get(0),
          String.valueOf(e.getMessage()),
          "check the command behind --",
          e);
    }
  }

  Process process() {
    return process;
  }

  /** Waits for the end and notes it; returns the exit code. */
  int await() throws InterruptedException {
    int exitCode = process.waitFor();
    facts.put("exitCode", Integer.toString(exitCode));
    facts.put("endedMillis", Long.toString(System.currentTimeMillis()));
    KernelKills before = KernelKills.read("oomKillBefore", facts);
    if (before != null) {
      Map<String, Long> after = new LinkedHashMap<>();
      before.byCgroup().keySet().forEach(path -> after.put(path, KernelKills.of(Path.of(path))));
      new KernelKills(after, KernelKills.ofHost(ROOT)).write("oomKillAfter", facts);
    }
    if (session != null && identity != null) {
      try {
        MonitorDirectory directory = new MonitorDirectory(session).create();
        KeyValues.write(directory.exits().resolve(identity.text()), facts);
      } catch (IOException e) {
        facts.put("notNoted", String.valueOf(e.getMessage())); // the exit code still goes on
      }
    }
    return exitCode;
  }

  /** How it ended, after {@link #await}. */
  End end() {
    if (session == null || identity == null) {
      return new End(Verdict.UNKNOWN, "nothing is known of it", "", false, false);
    }
    Explanation explained =
        new Forensics(new MonitorDirectory(session), ROOT, KernelLog.read()).explain(identity);
    boolean fitsNever = false;
    if (!explained.report().isEmpty()) {
      try {
        Object report = JsonValue.parse(Files.readString(Path.of(explained.report())));
        fitsNever = Boolean.TRUE.equals(JsonValue.at(report, "fitsNever"));
      } catch (IOException | IllegalArgumentException e) {
        fitsNever = false; // then it is tried again
      }
    }
    boolean forMemory =
        explained.verdict() == Verdict.MONITOR_KILL || !explained.report().isEmpty();
    return new End(
        explained.verdict(), explained.detail(), explained.message(), forMemory, fitsNever);
  }
}
