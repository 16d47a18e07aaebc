package dev.heaplight.server.metrics;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.server.session.EventLog;
import dev.heaplight.server.session.Kill;
import dev.heaplight.server.session.MonitorFile;
import dev.heaplight.server.session.NodeView;
import dev.heaplight.server.session.RecordingSummary;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SessionWatch;
import dev.heaplight.server.session.WorkerView;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashSet;
import java.util.Set;

/** What a session's files come to, as metrics. */
final class SessionMetrics {
  /** A session of thousands of tasks would make as many series of each scrape. */
  private static final int MAX_TASKS = 200;

  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final SessionWatch watch;
  private final SessionView view;
  private final Families families = new Families();

  private SessionMetrics(SessionWatch watch) {
    this.watch = watch;
    this.view = watch.view();
  }

  /** The metrics now. */
  static MetricSnapshots of(SessionWatch watch) {
    SessionMetrics metrics = new SessionMetrics(watch);
    metrics.node(metrics.view.node());
    metrics.workers(metrics.view.node());
    metrics.kills();
    metrics.monitor(metrics.view.node().monitor());
    metrics.recordings();
    return metrics.families.snapshots();
  }

  private void node(NodeView node) {
    for (NodeView.Bound bound : node.bounds()) {
      MemoryLevel level = bound.level();
      String[] of = {"level", level.path()};
      families.gauge(
          "heaplight_node_memory_used_bytes",
          "Memory in use that the kernel cannot take back, of the host or a cgroup of the workers.",
          level.usedBytes(),
          of);
      families.gauge(
          "heaplight_node_memory_total_bytes", "The bound on memory.", level.totalBytes(), of);
      families.gauge(
          "heaplight_node_memory_shared_bytes",
          "Shared memory in use, tmpfs included.",
          level.sharedBytes(),
          of);
      families.gauge(
          "heaplight_node_memory_trigger_bytes",
          "Use above which the memory monitor acts.",
          bound.triggerBytes(),
          of);
    }
    families.gauge(
        "heaplight_session_present",
        "1 while the session's directory is there and can be read.",
        view.present() && view.trouble().isEmpty() ? 1 : 0);
  }

  private void workers(NodeView node) {
    int tasks = 0;
    families.gauge("heaplight_workers", "Workers by whether they run.", 0, "state", "running");
    families.gauge("heaplight_workers", "Workers by whether they run.", 0, "state", "ended");
    families.gauge("heaplight_tasks_open", "Scopes that are open in running workers.", 0);
    for (WorkerView worker : node.workers()) {
      families.gauge(
          "heaplight_workers",
          "Workers by whether they run.",
          1,
          "state",
          worker.isAlive() ? "running" : "ended");
      ProcessMemory memory = worker.memory();
      if (memory != null) {
        process(worker, memory);
        families.gauge(
            "heaplight_tasks_open",
            "Scopes that are open in running workers.",
            worker.worker().tasks().size());
        for (TaskRecord task : worker.worker().tasks()) {
          if (tasks++ < MAX_TASKS) {
            families.gauge(
                "heaplight_task_memory_bytes",
                "Upper bound of what an open scope holds, off-heap memory included; the first "
                    + MAX_TASKS
                    + ".",
                task.estimatedBytes(),
                "pid",
                pid(worker),
                "kind",
                task.kind(),
                "name",
                task.name(),
                "id",
                task.id());
          }
        }
      }
    }
  }

  private void process(WorkerView worker, ProcessMemory memory) {
    String[] of = {"pid", pid(worker), "component", worker.role().key(), "name", name(worker)};
    families.gauge(
        "heaplight_process_memory_rss_bytes", "Resident set size.", memory.rssBytes(), of);
    families.gauge(
        "heaplight_process_memory_shared_bytes",
        "The part of the resident set that files and other processes account for.",
        memory.sharedBytes(),
        of);
    families.gauge(
        "heaplight_process_memory_private_bytes",
        "What the process alone accounts for, by which victims are chosen.",
        memory.privateBytes(),
        of);
    ProcessMemory.Mapped mapped = worker.mapped();
    if (mapped != null) {
      families.gauge(
          "heaplight_process_memory_uss_bytes",
          "Memory that no other process has mapped; of the largest processes.",
          mapped.ussBytes(),
          of);
    }
  }

  private static String pid(WorkerView worker) {
    return Long.toString(worker.worker().identity().pid());
  }

  /** The main class: arguments may hold anything. */
  private static String name(WorkerView worker) {
    return worker.worker().command().split(" ", 2)[0];
  }

  private void kills() {
    Set<String> again = new HashSet<>();
    for (Kill kill : view.kills()) {
      String[] of = {"kind", kill.kind(), "name", kill.scope()};
      if (kill.worker()) {
        families.counter(
            "heaplight_workers_killed_for_memory", "Workers the monitor killed.", 1, of);
      } else {
        families.counter("heaplight_tasks_failed_for_memory", "Tasks the monitor failed.", 1, of);
      }
      if (kill.attempt() > 1) {
        again.add(kill.recording());
      }
    }
    for (WorkerView worker : view.node().workers()) {
      String ended = view.ended(worker);
      if (!ended.isEmpty()) {
        families.counter(
            "heaplight_workers_ended",
            "Workers that ended, by cause: monitor, kernel, shutdown or other.",
            1,
            "cause",
            ended);
      }
      for (TaskRecord task : worker.worker().tasks()) {
        if (task.attempt() > 1) {
          again.add(task.recording().substring(task.recording().lastIndexOf('/') + 1));
        }
      }
    }
    for (RecordingSummary summary : watch.index().all().values()) {
      if (summary.attempt() > 1) {
        again.add(summary.scope() + "/" + summary.id());
      }
    }
    families.counter(
        "heaplight_retries", "Attempts of tasks that are known not to be the first.", again.size());
    watch
        .events()
        .counts()
        .forEach(
            (type, count) ->
                families.counter(
                    "heaplight_events", "Events of the session.", count, "type", type));
  }

  private void monitor(MonitorFile monitor) {
    EventLog.Took took = watch.events().interventions();
    families.duration(
        "heaplight_intervention_duration_seconds",
        "From the decision to kill or fail to seeing what came of it.",
        took.count(),
        took.millis() / MILLIS);
    families.gauge(
        "heaplight_monitor_leads",
        "1 while a monitor of this node leads, by when it wrote last.",
        monitor.isFresh(System.currentTimeMillis()) ? 1 : 0);
    families.gauge(
        "heaplight_monitor_written_timestamp_seconds",
        "When the monitor wrote its figures last; 0 for never.",
        monitor.writtenMillis() / MILLIS);
    long warnings = monitor.value("heaplight_monitor_warnings_total");
    if (warnings >= 0) {
      families.counter(
          "heaplight_monitor_warnings", "Warnings of the monitor that leads.", warnings);
    }
  }

  private void recordings() {
    double cpu = 0;
    double seconds = 0;
    long memory = 0;
    for (RecordingSummary summary : watch.index().all().values()) {
      families.gauge(
          "heaplight_recordings",
          "Recordings of the session.",
          1,
          "kind",
          summary.kind(),
          "state",
          summary.state().key());
      if (!summary.caveat().isEmpty()) {
        families.gauge(
            "heaplight_recordings_with_caveat",
            "Recordings that say something of themselves, a degraded mode for instance.",
            1,
            "caveat",
            summary.caveat());
      }
      if (summary.agentCpuNanos() >= 0 && summary.durationMillis() >= 0) {
        cpu += summary.agentCpuNanos() / NANOS;
        seconds += summary.durationMillis() / MILLIS;
      }
      if (summary.isOpen() && summary.agentMemoryBytes() != Progress.UNKNOWN) {
        memory = Math.max(memory, summary.agentMemoryBytes());
      }
    }
    families.gauge(
        "heaplight_agent_cpu_seconds",
        "Processor time of the agent during all recordings that are there.",
        cpu);
    families.gauge(
        "heaplight_recorded_seconds", "How long those recordings took together.", seconds);
    families.gauge(
        "heaplight_agent_memory_bytes",
        "The most that the agent holds in any worker with an open recording.",
        memory);
    families.gauge(
        "heaplight_recordings_waiting", "Recordings that were not summed up yet.", view.waiting());
  }
}
