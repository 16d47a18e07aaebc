package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.KernelKills;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.WorkerMarks;
import dev.heaplight.monitor.session.WorkerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how workers end, and sums it up. One thread calls it, the leader's.
 *
 * <p>Only what the monitor itself knows: its own kills, what a worker left behind, and whether the
 * kernel's count of kills rose since the last look. {@code heaplight explain} weighs more.
 */
final class Departures {
  /** What the name of a file ends in that says how a worker ended. */
  static final String SUFFIX = ".ended";

  /** Causes of the ends of workers, as their files have them. */
  static final String KILLED = "monitor";

  /** What reports tell of: a failed task, a killed worker. */
  static final String FAILURE = "failure";

  static final String KILL = "kill";

  private static final String SHUTDOWN = "shutdown";
  private static final String BY_KERNEL = "kernel";
  private static final String OTHERWISE = "other";
  private static final long LONGEST_MILLIS = 60_000;

  private final MonitorSite site;
  private final Intervention intervention;
  private final SessionTally tally;
  private final Map<String, Long> kernelKills = new HashMap<>();
  private long summaryMillis;

  Departures(MonitorSite site, Intervention intervention) {
    this.site = site;
    this.intervention = intervention;
    this.tally = new SessionTally(site.directory());
  }

  /** Sets the counters of what happened in the session. */
  void count(MonitorCounts counts) {
    tally.look();
    tally.write(counts);
  }

  /** Accounts for workers that are gone. */
  void look(List<WorkerRecord> gone) {
    if (!gone.isEmpty()) {
      tally.look();
    }
    for (WorkerRecord worker : gone) {
      Path mark = site.directory().workers().resolve(worker.identity().text() + SUFFIX);
      if (!Files.exists(mark)) {
        account(worker, mark);
      }
    }
  }

  /** Where a worker lived, and the kernel's kills there now; empty if that is not known. */
  private Map<String, Long> kills(WorkerRecord worker) {
    Map<String, Long> now = new LinkedHashMap<>();
    try {
      KernelKills atStart =
          KernelKills.read("oomKill", KeyValues.read(site.directory().worker(worker.identity())));
      if (atStart != null) {
        for (Map.Entry<String, Long> cgroup : atStart.byCgroup().entrySet()) {
          now.put(cgroup.getKey(), KernelKills.of(Path.of(cgroup.getKey())));
          kernelKills.putIfAbsent(cgroup.getKey(), cgroup.getValue());
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return now;
  }

  /** Whether the kernel has killed where this worker lived since that was last looked at. */
  private boolean kernelKilled(Map<String, Long> now) {
    for (Map.Entry<String, Long> innermost : now.entrySet()) {
      long before = kernelKills.getOrDefault(innermost.getKey(), innermost.getValue());
      kernelKills.put(innermost.getKey(), innermost.getValue());
      return innermost.getValue() > before;
    }
    return false;
  }

  private void account(WorkerRecord worker, Path mark) {
    Map<String, Long> kills = kills(worker);
    boolean kernelKilled = kernelKilled(kills);
    boolean byUs = intervention.killed(worker.identity()) || tally.tellsOfKill(worker.identity());
    String cause =
        byUs
            ? KILLED
            : !worker.running() || shutDown(worker.identity())
                ? SHUTDOWN
                : kernelKilled ? BY_KERNEL : OTHERWISE;
    if (cause.equals(BY_KERNEL) || cause.equals(OTHERWISE)) {
      site.events()
          .add(
              Events.Type.WORKER_ENDED,
              "worker ended without a shutdown: pid="
                  + worker.identity().pid()
                  + (cause.equals(BY_KERNEL)
                      ? ", the kernel's OOM killer was at work in its cgroup"
                      : ", not killed by this monitor")
                  + "; ask heaplight explain "
                  + worker.identity().pid());
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cause", cause);
    facts.put("noticedMillis", Long.toString(site.clock().millis()));
    int number = 0;
    for (Map.Entry<String, Long> cgroup : kills.entrySet()) {
      facts.put("cgroup." + number + ".path", cgroup.getKey());
      facts.put("cgroup." + number + ".oomKill", Long.toString(cgroup.getValue()));
      number++;
    }
    try {
      KeyValues.write(mark, facts);
    } catch (IOException e) {
      site.events().add(Events.Type.TROUBLE, "end of a worker not noted: " + e);
    }
  }

  private boolean shutDown(ProcessIdentity worker) {
    try {
      return WorkerMarks.read(site.directory().marks(worker)).shutdownBegan();
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells what happened since the last time, if anything did. */
  void summarise(MonitorSettings settings) {
    tally.look();
    long now = site.clock().millis();
    long after = Math.max(summaryMillis, now - LONGEST_MILLIS);
    summaryMillis = now;
    long tasks = tally.count(FAILURE, after);
    long killed = tally.count(KILL, after);
    long byKernel = tally.count(BY_KERNEL, after);
    long otherwise = tally.count(OTHERWISE, after);
    if (tasks + killed + byKernel + otherwise == 0) {
      return;
    }
    site.events()
        .add(
            Events.Type.SUMMARY,
            tasks
                + " tasks failed and "
                + killed
                + " workers killed because memory was short, "
                + byKernel
                + " workers ended while the kernel's OOM killer was at work, "
                + otherwise
                + " for other reasons, on "
                + site.host()
                + " in the last minute. To see more: heaplight explain "
                + site.directory().session()
                + ". To change it: run fewer tasks side by side (heaplight advise), give the node"
                + " more memory, set HEAPLIGHT_MEMORY_USAGE_THRESHOLD (now "
                + settings.threshold()
                + "), or HEAPLIGHT_MEMORY_MONITOR_REFRESH_MS=0 to switch the monitor off.");
  }
}
