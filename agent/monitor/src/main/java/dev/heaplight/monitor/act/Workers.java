package dev.heaplight.monitor.act;

import dev.heaplight.monitor.account.MemoryLevel;
import dev.heaplight.monitor.account.NodeMemory;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.policy.Candidate;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.monitor.session.WorkerRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The session's workers on this node, as their files tell. Used by one thread. */
final class Workers {
  private final MonitorDirectory directory;
  private final Path root;
  private final Path proc;
  private final Map<ProcessIdentity, ProcessMemory> memories = new HashMap<>();
  private final Set<Path> ended = new HashSet<>();
  private final List<WorkerRecord> gone = new ArrayList<>();
  private List<WorkerRecord> alive = List.of();

  Workers(MonitorDirectory directory, Path root) {
    this.directory = directory;
    this.root = root;
    this.proc = root.resolve("proc");
  }

  /** Reads all files anew; those of workers that are gone are passed over. */
  void refresh() {
    List<WorkerRecord> found = new ArrayList<>();
    for (Path file : WorkerRecord.files(directory)) {
      if (!ended.contains(file)) {
        Optional<WorkerRecord> worker = WorkerRecord.read(file);
        if (worker.isEmpty()) {
          continue; // being replaced, or not to be read now: it is asked again
        }
        if (worker.get().identity().isAlive(proc)) {
          found.add(worker.get());
        } else {
          ended.add(file);
          gone.add(worker.get());
        }
      }
    }
    alive = List.copyOf(found);
    memories.keySet().retainAll(alive.stream().map(WorkerRecord::identity).toList());
  }

  /** Those that ended since the last call, however long ago. */
  List<WorkerRecord> takeGone() {
    List<WorkerRecord> taken = List.copyOf(gone);
    gone.clear();
    return taken;
  }

  /** Those that ran at the last refresh. */
  List<WorkerRecord> alive() {
    return alive;
  }

  Set<Long> pids() {
    return alive.stream().map(worker -> worker.identity().pid()).collect(Collectors.toSet());
  }

  /** A worker as it tells now; null if it is gone. */
  @Nullable WorkerRecord now(ProcessIdentity identity) {
    return identity.isAlive(proc)
        ? WorkerRecord.read(directory.worker(identity)).orElse(null)
        : null;
  }

  /** A worker's tasks as last known, each a candidate; for one that may be gone by now. */
  List<Candidate> lastKnown(ProcessIdentity identity) {
    List<Candidate> candidates = new ArrayList<>();
    ProcessMemory memory = memories.get(identity);
    WorkerRecord.read(directory.worker(identity))
        .ifPresent(
            worker ->
                addTasks(
                    worker,
                    memory != null
                        ? memory
                        : new ProcessMemory(0, 0, 0, ProcessMemory.RSS_MINUS_SHARED),
                    candidates));
    return candidates;
  }

  /** Whether a process still runs. */
  boolean isAlive(ProcessIdentity identity) {
    return identity.isAlive(proc);
  }

  /** All that could be failed or killed to relieve a level. */
  List<Candidate> candidates(NodeMemory node, MemoryLevel level) {
    List<Candidate> candidates = new ArrayList<>();
    for (WorkerRecord worker : alive) {
      if (worker.running() && node.counts(worker.identity().pid(), level)) {
        ProcessMemory memory =
            ProcessMemory.of(root, worker.identity().pid(), worker.sharedHeapBytes());
        if (memory != null && memory.rssBytes() > 0) {
          memories.put(worker.identity(), memory);
          addTasks(worker, memory, candidates);
        }
      }
    }
    return candidates;
  }

  private static void addTasks(
      WorkerRecord worker, ProcessMemory memory, List<Candidate> candidates) {
    long whole = memory.privateBytes();
    List<TaskRecord> tasks = worker.tasks();
    if (tasks.isEmpty()) {
      candidates.add(
          new Candidate(
              worker.identity(),
              idle(worker),
              whole,
              whole,
              memory.formula(),
              0,
              false,
              worker.killable()));
    }
    for (TaskRecord task : tasks) {
      long bytes = tasks.size() == 1 ? whole : Math.min(whole, task.estimatedBytes());
      candidates.add(
          new Candidate(
              worker.identity(),
              task,
              bytes,
              whole,
              memory.formula(),
              tasks.size() - 1,
              tasks.stream().anyMatch(other -> isFirmer(other, task)),
              worker.killable()));
    }
  }

  private static boolean isFirmer(TaskRecord other, TaskRecord task) {
    return other.priority() > task.priority()
        || (other.priority() == task.priority() && task.retriable() && !other.retriable());
  }

  /** What each worker has of its heap in shared memory, where it has. */
  Map<Long, Long> sharedHeaps() {
    return alive.stream()
        .filter(worker -> worker.sharedHeapBytes() > 0)
        .collect(
            Collectors.toMap(
                worker -> worker.identity().pid(),
                WorkerRecord::sharedHeapBytes,
                (left, right) -> right));
  }

  private static TaskRecord idle(WorkerRecord worker) {
    String command = worker.command();
    int space = command.indexOf(' ');
    return new TaskRecord(
        0,
        space < 0 ? command : command.substring(0, space),
        Candidate.IDLE_WORKER,
        Long.toString(worker.identity().pid()),
        0,
        0,
        0,
        0,
        true,
        "",
        0,
        0,
        1,
        worker.recording(),
        false);
  }
}
