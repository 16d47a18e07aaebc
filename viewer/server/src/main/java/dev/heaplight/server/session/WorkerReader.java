package dev.heaplight.server.session;

import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.WorkerMarks;
import dev.heaplight.monitor.session.WorkerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files of a session's workers on this node. One thread calls it. */
final class WorkerReader {
  private static final String ENDED = ".ended";
  private static final String SHUTDOWN = "shutdown";

  /** Kept of those that ended: what they told last does not change any more. */
  private static final int MAX_ENDED = 5_000;

  /** Page tables are summed up of the largest few, at some 4 us for each MB. */
  private static final int MAPPED = 8;

  private static final long MAPPED_BYTES = 1L << 30;

  private final MonitorDirectory directory;
  private final Path root;
  private final Map<Path, WorkerView> ended = new LinkedHashMap<>();

  WorkerReader(MonitorDirectory directory, Path root) {
    this.directory = directory;
    this.root = root;
  }

  /** Those that run, largest first, and then those that ended, latest first. */
  List<WorkerView> read() {
    List<WorkerView> running = new ArrayList<>();
    List<Path> files = WorkerRecord.files(directory);
    ended.keySet().retainAll(files);
    for (Path file : files) {
      WorkerView known = ended.get(file);
      if (known == null || known.ended().isEmpty()) {
        Optional<WorkerRecord> worker = WorkerRecord.read(file);
        worker.ifPresent(read -> sort(file, read, running));
      }
    }
    running.sort(Comparator.comparingLong(WorkerReader::privateBytes).reversed());
    List<WorkerView> all = new ArrayList<>();
    for (WorkerView view : running) {
      all.add(all.size() < MAPPED ? mapped(view) : view);
    }
    List<WorkerView> gone = new ArrayList<>(ended.values());
    gone.sort(Comparator.comparingLong(view -> -view.worker().identity().startTicks()));
    all.addAll(gone);
    return all;
  }

  private void sort(Path file, WorkerRecord worker, List<WorkerView> running) {
    Role role = Role.ofWorker(worker.command());
    ProcessMemory memory =
        worker.identity().isAlive(root.resolve("proc"))
            ? ProcessMemory.of(root, worker.identity().pid(), worker.sharedHeapBytes())
            : null;
    if (memory != null) {
      running.add(new WorkerView(worker, role, memory, null, ""));
    } else if (ended.size() < MAX_ENDED || ended.containsKey(file)) {
      ended.put(file, new WorkerView(worker, role, null, null, cause(worker)));
    }
  }

  private String cause(WorkerRecord worker) {
    Path file = directory.workers().resolve(worker.identity().text() + ENDED);
    try {
      if (Files.exists(file)) {
        return KeyValues.read(file).getOrDefault("cause", "");
      }
      // No monitor was left to note it: the worker's own word.
      return WorkerMarks.read(directory.marks(worker.identity())).shutdownBegan() ? SHUTDOWN : "";
    } catch (IOException e) {
      return ""; // being written
    }
  }

  private WorkerView mapped(WorkerView view) {
    ProcessMemory memory = view.memory();
    return memory == null || memory.rssBytes() > MAPPED_BYTES
        ? view
        : new WorkerView(
            view.worker(),
            view.role(),
            memory,
            ProcessMemory.mapped(root, view.worker().identity().pid()),
            view.ended());
  }

  private static long privateBytes(WorkerView view) {
    ProcessMemory memory = view.memory();
    return memory == null ? 0 : memory.privateBytes();
  }
}
