package dev.heaplight.engine.monitor;

import dev.heaplight.engine.memory.MemorySource;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.monitor.session.WorkerRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The worker's file in its session. Used by one thread at a time. */
final class WorkerStatus {
  /** A worker with more open scopes tells of the largest. */
  private static final int MAX_TASKS = 256;

  private final Path file;
  private final Map<String, String> constants;
  private final boolean heapIsShared = MemorySource.heapIsShared();
  private boolean ended;

  /**
   * A status that is not written yet.
   *
   * @param constants what never changes: the process, its JVM, what it found at its start
   */
  WorkerStatus(Path file, Map<String, String> constants) {
    this.file = file;
    this.constants = constants;
  }

  /** Writes what the worker has open, and where its process is recorded; 100 to 200 us. */
  synchronized void write(List<TaskRecord> open, String recording) throws IOException {
    if (!ended) {
      write(WorkerRecord.RUNNING, open, recording);
    }
  }

  /** Writes that the worker is about to end, and nothing after. */
  synchronized void end(String state) throws IOException {
    ended = true;
    write(state, List.of(), "");
  }

  private void write(String state, List<TaskRecord> open, String recording) throws IOException {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    Map<String, String> facts = new LinkedHashMap<>(constants);
    facts.put("state", state);
    facts.put("recording", recording);
    facts.put("updatedMillis", Long.toString(System.currentTimeMillis()));
    facts.put("heapUsedBytes", Long.toString(heap.getUsed()));
    facts.put("heapCommittedBytes", Long.toString(heap.getCommitted()));
    facts.put("sharedHeapBytes", Long.toString(heapIsShared ? heap.getCommitted() : 0));
    List<TaskRecord> largest = open;
    if (open.size() > MAX_TASKS) {
      largest =
          open.stream()
              .sorted((left, right) -> Long.compare(right.estimatedBytes(), left.estimatedBytes()))
              .limit(MAX_TASKS)
              .toList();
    }
    facts.put("tasks", Integer.toString(largest.size()));
    int number = 0;
    for (TaskRecord task : largest) {
      task.write("task." + number + ".", facts);
      number++;
    }
    KeyValues.write(file, facts);
  }
}
