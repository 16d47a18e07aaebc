package dev.heaplight.monitor.act;

import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the session's files tell of failed tasks, killed workers and other ends, whichever monitor
 * was at work: monitors come and go, and each knows of its own only. One thread calls it; each file
 * is read once.
 */
final class SessionTally {
  private final MonitorDirectory directory;
  private final Set<Path> read = new HashSet<>();
  private final Set<ProcessIdentity> killed = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  SessionTally(MonitorDirectory directory) {
    this.directory = directory;
  }

  /**
   * One thing that happened.
   *
   * @param counter name of its counter
   * @param labels the counter's labels
   * @param cause why a worker ended, or what was done for memory
   */
  private record Entry(long timeMillis, String counter, String labels, String cause) {}

  /** Reads what is new. */
  void look() {
    list(directory.logs(), "heaplight-oom-*.json", this::report);
    list(directory.workers(), "*" + Departures.SUFFIX, this::end);
  }

  /** Whether a report says that this process was killed. */
  boolean tellsOfKill(ProcessIdentity worker) {
    return killed.contains(worker);
  }

  /** How often something happened after a time, by the wall clock. */
  long count(String cause, long afterMillis) {
    return entries.stream()
        .filter(entry -> entry.cause().equals(cause) && entry.timeMillis() > afterMillis)
        .count();
  }

  /** Sets the session's counters. */
  void write(MonitorCounts counts) {
    Map<String, Map<String, Long>> sums = new TreeMap<>();
    for (Entry entry : entries) {
      sums.computeIfAbsent(entry.counter(), unused -> new TreeMap<>())
          .merge(entry.labels(), 1L, Long::sum);
    }
    sums.forEach(
        (name, samples) -> samples.forEach((labels, value) -> counts.counter(name, labels, value)));
  }

  private void report(Path file) throws IOException {
    Object report = JsonValue.parse(Files.readString(file));
    boolean kill = JsonValue.text(report, "action").equals(Decision.Action.KILL_WORKER.name());
    if (kill) {
      killed.add(
          new ProcessIdentity(
              JsonValue.number(report, "victim", "pid"),
              JsonValue.number(report, "victim", "startTicks")));
    }
    entries.add(
        new Entry(
            JsonValue.number(report, "timeMillis"),
            kill
                ? "heaplight_workers_killed_for_memory_total"
                : "heaplight_tasks_failed_for_memory_total",
            MonitorCounts.label("kind", JsonValue.text(report, "victim", "kind"))
                + ","
                + MonitorCounts.label("name", JsonValue.text(report, "victim", "name")),
            kill ? Departures.KILL : Departures.FAILURE));
  }

  private void end(Path file) throws IOException {
    Map<String, String> facts = KeyValues.read(file);
    String cause = facts.getOrDefault("cause", "");
    entries.add(
        new Entry(
            Long.parseLong(facts.getOrDefault("noticedMillis", "0")),
            "heaplight_workers_ended_total",
            MonitorCounts.label("cause", cause),
            cause));
  }

  /** Reads a file. */
  private interface FileReader {
    void read(Path file) throws IOException;
  }

  private void list(Path from, String pattern, FileReader reader) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, pattern)) {
      for (Path file : files) {
        if (!read.contains(file)) {
          reader.read(file);
          read.add(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      return; // what cannot be read now is asked for again
    }
  }
}
