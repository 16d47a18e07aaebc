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
  private static final String SUFFIX = ".ended";

  private final MonitorSite site;
  private final MonitorCounts counts;
  private final Intervention intervention;
  private final Map<String, Long> kernelKills = new HashMap<>();
  private int forMemory;
  private int byKernel;
  private int otherwise;
  private long tasksAtLastSummary;

  Departures(MonitorSite site, MonitorCounts counts, Intervention intervention) {
    this.site = site;
    this.counts = counts;
    this.intervention = intervention;
  }

  /** Accounts for workers that are gone. */
  void look(List<WorkerRecord> gone) {
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
    String cause;
    if (intervention.killed(worker.identity())) {
      cause = "monitor";
      forMemory++;
    } else if (!worker.running() || shutDown(worker.identity())) {
      cause = "shutdown";
    } else if (kernelKilled) {
      cause = "kernel";
      byKernel++;
    } else {
      cause = "other";
      otherwise++;
    }
    counts.count("heaplight_workers_ended_total", MonitorCounts.label("cause", cause));
    if (cause.equals("kernel") || cause.equals("other")) {
      site.events()
          .add(
              Events.Type.WORKER_ENDED,
              "worker ended without a shutdown: pid="
                  + worker.identity().pid()
                  + (cause.equals("kernel")
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
    long tasks = intervention.failedTasks() - tasksAtLastSummary;
    tasksAtLastSummary = intervention.failedTasks();
    if (forMemory + byKernel + otherwise + tasks == 0) {
      return;
    }
    site.events()
        .add(
            Events.Type.SUMMARY,
            tasks
                + " tasks failed and "
                + forMemory
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
    forMemory = 0;
    byKernel = 0;
    otherwise = 0;
  }
}
