package dev.heaplight.monitor.act;

import dev.heaplight.monitor.policy.Candidate;
import java.util.List;

/** Gauges of each worker and each task. */
final class WorkerGauges {
  private static final String WORKER = "heaplight_worker_memory_bytes";
  private static final String TASK = "heaplight_task_memory_bytes";
  private static final String TASKS = "heaplight_tasks_open";

  private WorkerGauges() {}

  /** Replaces those of before. */
  static void set(MonitorCounts counts, List<Candidate> candidates) {
    counts.dropGauge(WORKER);
    counts.dropGauge(TASK);
    for (Candidate candidate : candidates) {
      String pid = MonitorCounts.label("pid", Long.toString(candidate.worker().pid()));
      counts.gauge(WORKER, pid, candidate.workerBytes());
      if (!candidate.isIdle()) {
        counts.gauge(
            TASK,
            pid
                + ","
                + MonitorCounts.label("name", candidate.task().name())
                + ","
                + MonitorCounts.label("kind", candidate.task().kind())
                + ","
                + MonitorCounts.label("id", candidate.task().id()),
            candidate.bytes());
      }
    }
    counts.gauge(TASKS, "", candidates.stream().filter(candidate -> !candidate.isIdle()).count());
  }
}
