package dev.heaplight.cli;

import dev.heaplight.server.top.TopReader;
import dev.heaplight.server.top.TopRow;
import dev.heaplight.server.top.TopSnapshot;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a session again and again by a thread of its own, so that a slow disk holds up no key;
 * reads the stacks of one task, too, while they are asked for. Thread-safe.
 */
final class TopWatch implements AutoCloseable {
  /** A recording is read again no more often than costs a twentieth of a core. */
  private static final int COST_FACTOR = 20;

  /** Begins to watch. */
  interface Start {
    TopWatch start();
  }

  private final TopReader reader;
  private final long intervalNanos;
  private final Thread thread;
  private volatile TopSnapshot snapshot;
  private volatile @Nullable TopRow asked;
  private volatile @Nullable TopStacks stacks;
  private volatile boolean closed;

  private TopWatch(Path session, long intervalMillis) {
    reader = new TopReader(session);
    intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    snapshot = reader.read();
    thread = new Thread(this::run, "heaplight-top-watch");
    thread.setDaemon(true);
  }

  /** Begins to watch a session that it has looked at once. */
  static TopWatch start(Path session, long intervalMillis) {
    TopWatch watch = new TopWatch(session, intervalMillis);
    watch.thread.start();
    return watch;
  }

  /** The session as it was seen last. */
  TopSnapshot snapshot() {
    return snapshot;
  }

  /** Has the stacks of a row's recording read from now on; of none with null. */
  void ask(@Nullable TopRow row) {
    asked = row;
    LockSupport.unpark(thread);
  }

  /** The stacks that were asked for; null until they are read. */
  @Nullable TopStacks stacks() {
    TopStacks read = stacks;
    TopRow wanted = asked;
    return read != null && wanted != null && read.row().key().equals(wanted.key()) ? read : null;
  }

  private void run() {
    long dueNanos = System.nanoTime();
    while (!closed) {
      long start = System.nanoTime();
      TopRow wanted = asked;
      if (wanted != null && (stacks() == null || start - dueNanos >= 0)) {
        stacks = TopStacks.read(wanted, reader.recording(wanted));
        long end = System.nanoTime();
        dueNanos = end + COST_FACTOR * (end - start);
      }
      look();
      long left = intervalNanos - (System.nanoTime() - start);
      while (!closed && Objects.equals(asked, wanted) && left > 0) {
        LockSupport.parkNanos(this, left);
        left = intervalNanos - (System.nanoTime() - start);
      }
    }
    reader.close();
  }

  private void look() {
    try {
      snapshot = reader.read();
    } catch (RuntimeException e) {
      TopSnapshot last = snapshot;
      snapshot = last.troubled(last.present(), "one look failed: " + e);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
