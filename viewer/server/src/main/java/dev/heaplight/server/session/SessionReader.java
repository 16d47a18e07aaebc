package dev.heaplight.server.session;

import dev.heaplight.monitor.act.Events;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Looks at a session when it is told to: node and workers, files, events and reports, but no
 * recordings; never writes into it. A directory that vanishes leaves what was seen last, and the
 * view then says so.
 *
 * <p>One thread looks at a time; the events are thread-safe.
 */
public final class SessionReader implements AutoCloseable {
  private static final Path ROOT = Path.of("/");

  private final Path session;
  private final Path logs;
  private final EventLog events = new EventLog();
  private final Kills kills = new Kills();
  private final NodeReader node;
  private Map<String, LogFile> files = Map.of();

  /**
   * A reader of the session in {@code session}, a path without links, that has not looked yet.
   *
   * @param logs where its recordings lie
   */
  public SessionReader(Path session, Path logs) {
    this.session = session;
    this.logs = logs;
    this.node = new NodeReader(new MonitorDirectory(session), ROOT, hostName());
  }

  /** The session as it is now; no recording of it was summed up. */
  public SessionView look() {
    NodeView now = node.read();
    if (!Files.isDirectory(session)) {
      return view(false, "the session's directory is gone", now);
    }
    try {
      files = Files.exists(logs) ? LogFiles.below(logs) : Map.of();
      events.follow(files.get(Events.FILE_NAME));
    } catch (IOException e) {
      return view(true, "the logs cannot be read: " + e, now);
    }
    kills.update(files.values());
    return view(true, "", now);
  }

  private SessionView view(boolean present, String trouble, NodeView now) {
    return new SessionView(present, trouble, files, 0, now, kills.all());
  }

  /** Its events. */
  public EventLog events() {
    return events;
  }

  /** This node's name, as the agent writes it; empty when unknown. */
  static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
