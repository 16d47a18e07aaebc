package dev.heaplight.server.api;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.server.session.Kill;
import dev.heaplight.server.session.RecordingSummary;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.SummaryIndex;
import dev.heaplight.server.session.WorkerView;
import dev.heaplight.viewer.session.RecordingState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All scopes of a session: what their recordings come to, and beside that what workers say of those
 * that are open, and reports of those that were ended.
 *
 * @param rows in no order
 * @param kinds the kinds there are
 */
record TaskTable(List<TaskRow> rows, List<String> kinds) {

  /** The scopes of a session at one moment. */
  static TaskTable of(SessionView view, SummaryIndex index) {
    Map<String, TaskRecord> open = new HashMap<>();
    for (WorkerView worker : view.node().workers()) {
      for (TaskRecord task : worker.worker().tasks()) {
        open.put(lastPart(task.recording()), task);
      }
    }
    Map<String, Kill> kills = new HashMap<>();
    view.kills().forEach(kill -> kills.put(kill.recording(), kill));
    List<TaskRow> rows = new ArrayList<>();
    TreeSet<String> kinds = new TreeSet<>();
    for (Map.Entry<String, RecordingSummary> entry : index.all().entrySet()) {
      String name = lastPart(entry.getKey());
      RecordingSummary summary = entry.getValue();
      rows.add(row(entry.getKey(), summary, open.get(name), kills.get(name)));
      if (!summary.kind().isEmpty()) {
        kinds.add(summary.kind());
      }
    }
    return new TaskTable(rows, List.copyOf(kinds));
  }

  private static TaskRow row(
      String file, RecordingSummary summary, @Nullable TaskRecord task, @Nullable Kill kill) {
    TaskRecord runs = summary.isOpen() ? task : null;
    long counted = runs == null ? Progress.UNKNOWN : runs.allocatedBytes();
    return new TaskRow(
        file,
        summary.scope(),
        summary.kind(),
        summary.id(),
        summary.pid(),
        state(summary.state(), kill),
        summary.startMillis(),
        summary.durationMillis(),
        runs == null ? Progress.UNKNOWN : runs.estimatedBytes(),
        Math.max(counted, summary.allocatedBytes()),
        summary.peakBytes(),
        summary.survivingBytes(),
        kill != null ? kill.attempt() : task != null ? task.attempt() : summary.attempt());
  }

  private static String state(RecordingState state, @Nullable Kill kill) {
    if (kill != null && state != RecordingState.OPEN) {
      return kill.worker() ? "killed" : "failed";
    }
    return switch (state) {
      case OPEN -> "running";
      case COMPLETE -> "finished";
      default -> state.key();
    };
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
