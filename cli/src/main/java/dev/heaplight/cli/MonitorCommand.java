package dev.heaplight.cli;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.act.Clock;
import dev.heaplight.monitor.act.Events;
import dev.heaplight.monitor.act.Killer;
import dev.heaplight.monitor.act.MemoryMonitor;
import dev.heaplight.monitor.act.MonitorLoop;
import dev.heaplight.monitor.act.MonitorSettings;
import dev.heaplight.monitor.act.MonitorSite;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.policy.Ranked;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the memory monitor as a process of its own. */
@Command(
    name = "monitor",
    description = {
      "Watches the memory of this node and acts before the kernel's OOM killer does.",
      "Runs until it is interrupted. The workers' agents do the same; a process of its own is not"
          + " stopped by their collections."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class MonitorCommand implements Callable<Integer> {
  private static final double MEGA = 1 << 20;
  private static final long AFTER_FAILURE_NANOS = 100_000_000;

  private final Set<String> told = new HashSet<>();

  @Spec private CommandSpec spec;

  @Option(
      names = "--session",
      paramLabel = "DIR",
      description = "The workers' session; by default HEAPLIGHT_SESSION_DIR.")
  private @Nullable Path session;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A setting: threshold, warn, min-free-bytes, refresh-ms, policy, rungs or priority. May be"
            + " repeated."
      })
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--apply",
      description = "Have all monitors of the session take the settings over now, and end.")
  private boolean apply;

  @Option(
      names = "--dry-run",
      description = "Print who would be failed or killed now, in order and why, and end.")
  private boolean dryRun;

  @Override
  public Integer call() throws UserError {
    if (apply && given.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to apply: give settings with --set KEY=VALUE");
    }
    MonitorDirectory directory =
        new MonitorDirectory(dryRun || apply ? Sessions.checked(directory()) : directory());
    MonitorSettings settings = settings();
    try {
      if (apply) {
        return apply(directory);
      }
      directory.create();
      MonitorSite site = site(directory);
      return dryRun ? rank(site, inForce(directory, settings)) : watch(site, settings);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "cannot monitor session " + directory.session(),
          String.valueOf(e.getMessage()),
          "check the directory and who owns it",
          e);
    }
  }

  private Path directory() throws UserError {
    String variable = System.getenv("HEAPLIGHT_SESSION_DIR");
    if (session == null && (variable == null || variable.isEmpty())) {
      throw new UserError(
          "cannot monitor", "no session is given", "give the workers' with --session DIR");
    }
    return session != null ? session : Path.of(variable);
  }

  private MonitorSettings settings() throws UserError {
    try {
      return MonitorSettings.DEFAULT.withEnvironment(System.getenv()).with("--set", given);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "cannot monitor", String.valueOf(e.getMessage()), "see heaplight help monitor", e);
    }
  }

  private int apply(MonitorDirectory directory) throws IOException {
    Map<String, String> present = new LinkedHashMap<>();
    if (Files.exists(directory.settings())) {
      present.putAll(KeyValues.read(directory.settings()));
    }
    present.putAll(given);
    KeyValues.write(directory.settings(), present);
    spec.commandLine().getOut().println("Settings of " + directory.session() + ": " + present);
    return 0;
  }

  /** As monitors of the session have them: what was applied there goes before all else. */
  private static MonitorSettings inForce(MonitorDirectory directory, MonitorSettings settings)
      throws IOException {
    Path applied = directory.settings();
    return Files.exists(applied)
        ? settings.with(applied.toString(), KeyValues.read(applied))
        : settings;
  }

  private MonitorSite site(MonitorDirectory directory) throws IOException {
    Path root = Path.of("/");
    PrintWriter err = spec.commandLine().getErr();
    return new MonitorSite(
        directory,
        root,
        SessionState.open(directory.state()),
        Clock.SYSTEM,
        Killer.signals(root.resolve("proc")),
        new Events(directory, Clock.SYSTEM, line -> err.println("heaplight: " + line)),
        ProcessHandle.current().pid());
  }

  private int watch(MonitorSite site, MonitorSettings settings) throws IOException {
    if (!settings.isOn()) {
      spec.commandLine().getErr().println("heaplight: the monitor is off: refresh-ms=0");
    }
    try (MonitorLoop loop = new MonitorLoop(site, settings)) {
      loop.rehearse();
      spec.commandLine()
          .getOut()
          .println("Watching " + site.directory().session() + ", pid " + site.pid());
      spec.commandLine().getOut().flush();
      while (Files.isDirectory(site.directory().root())) {
        LockSupport.parkNanos(this, turn(loop));
      }
    }
    spec.commandLine().getErr().println("heaplight: the session is gone, nothing left to watch");
    return 0;
  }

  /** One turn; a failure is told once for each sort, and the next turn comes all the same. */
  private long turn(MonitorLoop loop) {
    try {
      return loop.turn();
    } catch (RuntimeException e) {
      if (told.add(e.toString())) {
        spec.commandLine().getErr().println("heaplight: monitor: one look failed: " + e);
      }
      return AFTER_FAILURE_NANOS;
    }
  }

  private int rank(MonitorSite site, MonitorSettings settings) {
    MemoryMonitor monitor = new MemoryMonitor(site, settings);
    List<Ranked> ranking = monitor.ranking();
    MemoryLevel level = monitor.tightest();
    PrintWriter out = spec.commandLine().getOut();
    if (level != null) {
      out.printf(
          Locale.ROOT,
          "%s: %.1f of %.1f MiB used (%.3f), threshold %s, trigger at %.1f MiB; used = %s%n",
          level.path(),
          level.usedBytes() / MEGA,
          level.totalBytes() / MEGA,
          level.fraction(),
          settings.threshold(),
          settings.triggerBytes(level.totalBytes()) / MEGA,
          level.kind().formula());
    }
    if (ranking.isEmpty()) {
      out.println("No worker of this session could be failed or killed.");
    }
    int rank = 1;
    for (Ranked ranked : ranking) {
      Candidate candidate = ranked.candidate();
      out.printf(
          Locale.ROOT,
          "%3d. %s %s (id=%s), pid %d, %.1f MiB, its worker %.1f MiB (%s), would be %s: %s%n",
          rank,
          candidate.task().kind(),
          candidate.task().name(),
          candidate.task().id(),
          candidate.worker().pid(),
          candidate.bytes() / MEGA,
          candidate.workerBytes() / MEGA,
          candidate.formula(),
          candidate.task().canFail() && settings.fails()
              ? "failed"
              : settings.kills() ? "killed" : "left alone",
          ranked.why());
      rank++;
    }
    return 0;
  }
}
