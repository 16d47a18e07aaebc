package dev.heaplight.server.session;

import java.util.List;
import java.util.Map;

/**
 * A session at one moment. Immutable but for what its index learns meanwhile.
 *
 * @param present whether its directory is there
 * @param trouble why it cannot be read; empty while it can
 * @param files all files below its logs, by name
 * @param waiting recordings that were not summed up yet
 * @param node its node and workers
 * @param kills what its reports say
 */
public record SessionView(
    boolean present,
    String trouble,
    Map<String, LogFile> files,
    int waiting,
    NodeView node,
    List<Kill> kills) {

  /** The same with so many recordings that were not summed up yet; none when it is gone. */
  SessionView withWaiting(int recordings) {
    return new SessionView(present, trouble, files, present ? recordings : 0, node, kills);
  }

  /** How many of its files are recordings. */
  public long recordings() {
    return files.values().stream().filter(LogFile::isRecording).count();
  }

  /** Why a worker ended: {@code monitor}, {@code kernel}, {@code shutdown}; empty if unknown. */
  public String ended(WorkerView worker) {
    boolean killed =
        kills.stream()
            .anyMatch(kill -> kill.worker() && kill.victim().equals(worker.worker().identity()));
    return worker.isAlive() ? "" : killed ? "monitor" : worker.ended();
  }
}
