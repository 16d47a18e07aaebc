package dev.heaplight.server.session;

import dev.heaplight.monitor.act.Events;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a view of a session up to date, by a thread of its own that looks once a second; never
 * writes into it. A directory that vanishes leaves the last view, which then says so.
 *
 * <p>Thread-safe: what requests read is published whole.
 */
public final class SessionWatch implements AutoCloseable {
  private static final long PASS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So that what the node does now is seen also while thousands of recordings are summed up. */
  private static final long SUMMARIES_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private static final Path ROOT = Path.of("/");

  private final Path session;
  private final Path logs;
  private final EventLog events = new EventLog();
  private final Kills kills = new Kills();
  private final History history = new History();
  private final SummaryIndex index;
  private final NodeReader node;
  private final Thread thread;
  private volatile SessionView view;
  private volatile boolean closed;
  private volatile @Nullable Consumer<SessionView> listener;

  /**
   * A watch of the session in {@code session}, a path without links, that has looked once.
   *
   * @param logs where its recordings lie
   */
  public SessionWatch(Path session, Path logs) {
    this.session = session;
    this.logs = logs;
    String host = hostName();
    index = new SummaryIndex(host);
    node = new NodeReader(new MonitorDirectory(session), ROOT, host);
    view = new SessionView(true, "", Map.of(), 0, node.read(), kills.all());
    view = look();
    thread = new Thread(this::run, "heaplight-serve-watch");
    thread.setDaemon(true);
  }

  /** Begins to watch; {@code newListener} gets each new view, on the watch's thread. */
  public void start(Consumer<SessionView> newListener) {
    listener = newListener;
    thread.start();
  }

  private void run() {
    while (!closed) {
      long start = System.nanoTime();
      try {
        view = look();
        Consumer<SessionView> told = listener;
        if (told != null) {
          told.accept(view);
        }
      } catch (RuntimeException e) {
        SessionView last = view;
        view =
            new SessionView(
                last.present(),
                "one look failed: " + e,
                last.files(),
                last.waiting(),
                last.node(),
                last.kills());
      }
      LockSupport.parkNanos(this, PASS_NANOS - (System.nanoTime() - start));
    }
    node.close();
  }

  private SessionView look() {
    SessionView last = view;
    NodeView now = node.read();
    history.add(now);
    if (!Files.isDirectory(session)) {
      return new SessionView(
          false, "the session's directory is gone", last.files(), 0, now, last.kills());
    }
    Map<String, LogFile> files;
    try {
      files = Files.exists(logs) ? LogFiles.below(logs) : Map.of();
      events.follow(files.get(Events.FILE_NAME));
    } catch (IOException e) {
      return new SessionView(
          true, "the logs cannot be read: " + e, last.files(), last.waiting(), now, last.kills());
    }
    kills.update(files.values());
    view = new SessionView(true, "", files, last.waiting(), now, kills.all());
    int waiting = index.update(files.values(), SUMMARIES_NANOS);
    return new SessionView(true, "", files, waiting, now, kills.all());
  }

  /** The session as it was seen last. */
  public SessionView view() {
    return view;
  }

  /** Its directory. */
  public Path session() {
    return session;
  }

  /** Its events. */
  public EventLog events() {
    return events;
  }

  /** What its recordings come to. */
  public SummaryIndex index() {
    return index;
  }

  /** The node's memory while it was watched. */
  public History history() {
    return history;
  }

  /** This node's name, as the agent writes it; empty when unknown. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
