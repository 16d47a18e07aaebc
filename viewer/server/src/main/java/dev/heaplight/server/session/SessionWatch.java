package dev.heaplight.server.session;

import java.nio.file.Path;
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

  private final Path session;
  private final History history = new History();
  private final SummaryIndex index;
  private final SessionReader reader;
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
    reader = new SessionReader(session, logs);
    index = new SummaryIndex(SessionReader.hostName());
    SessionView first = reader.look();
    history.add(first.node());
    view = first;
    view = summedUp(first);
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
    reader.close();
  }

  private SessionView look() {
    SessionView seen = reader.look().withWaiting(view.waiting());
    history.add(seen.node());
    view = seen;
    return summedUp(seen);
  }

  private SessionView summedUp(SessionView seen) {
    return seen.trouble().isEmpty()
        ? seen.withWaiting(index.update(seen.files().values(), SUMMARIES_NANOS))
        : seen;
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
    return reader.events();
  }

  /** What its recordings come to. */
  public SummaryIndex index() {
    return index;
  }

  /** The node's memory while it was watched. */
  public History history() {
    return history;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
