package dev.heaplight.server.top;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.account.ProcessMemory;
import dev.heaplight.monitor.act.Events;
import dev.heaplight.monitor.session.TaskRecord;
import dev.heaplight.monitor.session.WorkerRecord;
import dev.heaplight.server.session.Event;
import dev.heaplight.server.session.EventLog;
import dev.heaplight.server.session.Kill;
import dev.heaplight.server.session.LogFile;
import dev.heaplight.server.session.NodeView;
import dev.heaplight.server.session.SessionReader;
import dev.heaplight.server.session.SessionView;
import dev.heaplight.server.session.WorkerView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots of a session. Used by one thread.
 *
 * <p>A look costs some 0.1 ms for each worker and a few microseconds for each file in the logs; no
 * recording is read.
 */
public final class TopReader implements AutoCloseable {
  private static final int LISTED_ENDED = 20;
  private static final int SEARCHED_EVENTS = 50;

  /** A worker tells once a second at least, unless it is stopped or collects for long. */
  private static final long SILENT_MILLIS = 5_000;

  /** What comes when nothing happens, or follows from an event that says more. */
  private static final Set<String> MINOR =
      Set.of(
          Events.Type.SUMMARY.name(),
          Events.Type.LEADER.name(),
          Events.Type.CALM.name(),
          Events.Type.OUTCOME.name());

  private final Path session;
  private final SessionReader reader;
  private final TopRates rates = new TopRates();
  private @Nullable SessionView view;
  private @Nullable TopSnapshot last;

  /** A reader of the session in {@code session}, a path without links. */
  public TopReader(Path session) {
    this.session = session;
    this.reader = new SessionReader(session, session.resolve("logs"));
  }

  /** The session now; of one that is gone what was seen last, with that as its trouble. */
  public TopSnapshot read() {
    SessionView seen = reader.look();
    view = seen;
    TopSnapshot before = last;
    TopSnapshot now =
        seen.present() || before == null ? snapshot(seen) : before.troubled(false, seen.trouble());
    last = now;
    return now;
  }

  /** The file of a row's recording as it was found in the logs; empty if it lies elsewhere. */
  public Optional<LogFile> recording(TopRow row) {
    SessionView seen = view;
    Map<String, LogFile> files = seen == null ? Map.of() : seen.files();
    LogFile atTop = files.get(row.recording());
    return atTop != null
        ? Optional.of(atTop)
        : files.values().stream()
            .filter(file -> lastPart(file.name()).equals(row.recording()))
            .findFirst();
  }

  private TopSnapshot snapshot(SessionView view) {
    NodeView node = view.node();
    List<TopGroup> groups = new ArrayList<>();
    for (WorkerView worker : node.workers()) {
      ProcessMemory memory = worker.memory();
      if (memory != null) {
        groups.add(group(worker.worker(), memory, node.timeMillis()));
      }
    }
    rates.endLook();
    return new TopSnapshot(
        session.toString(),
        node.timeMillis(),
        view.present(),
        view.trouble(),
        node.bounds().isEmpty() ? null : node.bounds().get(0),
        node.monitor().isFresh(node.timeMillis()),
        groups,
        view.kills().stream()
            .sorted(Comparator.comparingLong(Kill::timeMillis).reversed())
            .limit(LISTED_ENDED)
            .map(TopReader::ended)
            .toList(),
        node.workers().size() - groups.size(),
        view.kills().stream().filter(Kill::worker).count(),
        view.kills().stream().filter(kill -> !kill.worker()).count(),
        lastOf(reader.events()));
  }

  private TopGroup group(WorkerRecord worker, ProcessMemory memory, long nowMillis) {
    String state =
        !worker.running()
            ? "ending"
            : nowMillis - worker.updatedMillis() > SILENT_MILLIS ? "silent" : "running";
    List<TopRow> tasks = worker.tasks().stream().map(task -> task(worker, task, state)).toList();
    return new TopGroup(
        new TopRow(
            worker.identity().text(),
            TopRow.Sort.WORKER,
            worker.identity().pid(),
            worker.command(),
            memory.rssBytes(),
            memory.sharedBytes(),
            worker.heapUsedBytes(),
            sum(tasks, TopRow::liveBytes),
            sum(tasks, TopRow::bytesPerSecond),
            state,
            lastPart(worker.recording())),
        tasks);
  }

  private TopRow task(WorkerRecord worker, TaskRecord task, String state) {
    return new TopRow(
        TopRates.key(worker, task),
        TopRow.Sort.TASK,
        worker.identity().pid(),
        name(task.kind(), task.name(), task.id(), task.attempt()),
        Progress.UNKNOWN,
        Progress.UNKNOWN,
        task.estimatedBytes(),
        task.liveBytes(),
        rates.of(worker, task),
        state,
        lastPart(task.recording()));
  }

  private static TopRow ended(Kill kill) {
    return new TopRow(
        kill.report(),
        TopRow.Sort.ENDED,
        kill.victim().pid(),
        name(kill.kind(), kill.scope(), "", kill.attempt()),
        Progress.UNKNOWN,
        Progress.UNKNOWN,
        kill.bytes(),
        Progress.UNKNOWN,
        Progress.UNKNOWN,
        kill.worker() ? "killed" : "failed",
        kill.recording());
  }

  private static String name(String kind, String name, String id, int attempt) {
    return kind
        + " "
        + name
        + (id.isEmpty() ? "" : " " + id)
        + (attempt > 1 ? ", attempt " + attempt : "");
  }

  /** Of what is known of them; unknown if nothing is. */
  private static long sum(List<TopRow> tasks, ToLongFunction<TopRow> figure) {
    long sum = Progress.UNKNOWN;
    for (TopRow task : tasks) {
      long value = figure.applyAsLong(task);
      sum = value == Progress.UNKNOWN ? sum : Math.max(0, sum) + value;
    }
    return sum;
  }

  private static @Nullable Event lastOf(EventLog events) {
    for (Event event : events.latest(SEARCHED_EVENTS)) {
      if (!MINOR.contains(event.type())) {
        return event;
      }
    }
    return null;
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    reader.close();
  }
}
