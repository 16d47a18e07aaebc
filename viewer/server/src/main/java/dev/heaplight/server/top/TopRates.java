package dev.heaplight.server.top;

import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.monitor.session.WorkerRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast tasks allocate: what came between two moments at which their worker told of them. Not
 * thread-safe.
 *
 * <p>By the worker's own time and not by that of the looks: a worker tells once a second while it
 * is calm, so that looks would find nothing new in one second and two seconds' worth in the next.
 */
final class TopRates {
  private static final double MILLIS_PER_SECOND = 1_000;

  private Map<String, Told> last = new HashMap<>();
  private Map<String, Told> next = new HashMap<>();

  private record Told(long millis, long allocatedBytes, long bytesPerSecond) {}

  /** Bytes a second; of a task that was not seen before its mean since it was opened. */
  long of(WorkerRecord worker, TaskRecord task) {
    String key = key(worker, task);
    Told before = last.get(key);
    Told now =
        before == null
            ? told(worker, task, task.openedMillis(), 0)
            : worker.updatedMillis() > before.millis()
                ? told(worker, task, before.millis(), before.allocatedBytes())
                : before;
    next.put(key, now);
    return now.bytesPerSecond();
  }

  private static Told told(WorkerRecord worker, TaskRecord task, long since, long sinceBytes) {
    double seconds = Math.max(1, worker.updatedMillis() - since) / MILLIS_PER_SECOND;
    long bytes = Math.max(0, task.allocatedBytes() - sinceBytes);
    return new Told(worker.updatedMillis(), task.allocatedBytes(), (long) (bytes / seconds));
  }

  /** Ends a look: tasks that were not asked for in it are forgotten. */
  void endLook() {
    last = next;
    next = new HashMap<>();
  }

  /** The same for the same task at another moment, and for no other. */
  static String key(WorkerRecord worker, TaskRecord task) {
    return worker.identity().text() + "/" + task.key();
  }
}
