package dev.heaplight.engine.monitor;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.RecorderThread;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.monitor.act.Clock;
import dev.heaplight.monitor.act.Events;
import dev.heaplight.monitor.act.Killer;
import dev.heaplight.monitor.act.MonitorLoop;
import dev.heaplight.monitor.act.MonitorSettings;
import dev.heaplight.monitor.act.MonitorSite;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import dev.heaplight.monitor.session.WorkerMarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the session what this worker has open, follows what monitors decide, and is one of them.
 *
 * <p>A worker in a session of its own begins when its first scope opens, because there is no
 * session before; and it kills nobody, since nobody said that this JVM is a worker that something
 * starts again. A monitor that is switched off still tells, so that an end can be explained.
 */
public final class MonitorThread extends AgentThread {
  /** State of a worker whose JVM shuts down. */
  public static final String SHUTDOWN = "shutdown";

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LAST_WORDS_MILLIS = 200;
  private static final long CALM_STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PRESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private static final long PREPARE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MUCH_BYTES = 16 << 20;

  /** While memory is short, so much allocation is written down before a second is over. */
  private static final long VERY_MUCH_BYTES = 64 << 20;

  private final Scopes scopes;
  private final RecorderThread recorder;
  private final MonitorSettings settings;
  private final boolean shared;
  private final ApplicationStart start;
  private final AgentLog log;
  private final AllocationPace pace = new AllocationPace();
  private long flushedAtBytes;
  private long calmNanos = System.nanoTime();
  private long brakedUntilNanos = System.nanoTime();
  private volatile boolean ended;
  private volatile @Nullable WorkerStatus status;
  private volatile @Nullable WorkerMarks marks;

  /**
   * A thread that does not run yet.
   *
   * @param shared whether the session was given, and so may have other workers
   * @param start tells when the application runs
   */
  public MonitorThread(
      Scopes scopes,
      RecorderThread recorder,
      MonitorSettings settings,
      boolean shared,
      ApplicationStart start,
      AgentLog log) {
    super("heaplight-monitor");
    this.scopes = scopes;
    this.recorder = recorder;
    this.settings = shared ? settings : settings.withoutKills();
    this.shared = shared;
    this.start = start;
    this.log = log;
  }

  /** Has the thread end, and the session know; {@code state} is {@code shutdown} or the like. */
  public void end(String state) {
    ended = true;
    LockSupport.unpark(this);
    try {
      join(LAST_WORDS_MILLIS); // it writes the events that wait, and lets another lead
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    WorkerMarks atEnd = marks;
    if (atEnd != null && state.equals(SHUTDOWN)) {
      atEnd.markShutdown();
    }
    WorkerStatus last = status;
    if (last != null) {
      try {
        last.end(state);
      } catch (IOException | RuntimeException e) {
        log.report("worker's end not noted", "monitor", e);
      }
    }
  }

  @Override
  public void run() {
    try {
      while (!shared && !ended && !scopes.tasks().wasAnyOpened()) {
        LockSupport.parkNanos(this, LONGEST_NANOS * 2);
      }
      if (!ended) {
        follow(scopes.session());
      }
    } catch (Throwable t) {
      log.report("memory monitor ended, recordings go on", getName(), t);
    }
  }

  private void follow(Path session) throws IOException {
    Path root = Path.of("/");
    MonitorDirectory directory = new MonitorDirectory(session).create();
    long pid = ProcessHandle.current().pid();
    ProcessIdentity self =
        ProcessIdentity.of(root.resolve("proc"), pid)
            .orElseThrow(() -> new IOException("/proc tells nothing of pid=" + pid));
    Map<String, String> constants = WorkerFile.constants(root, self, shared);
    WorkerStatus own = new WorkerStatus(directory.worker(self), constants);
    own.write(scopes.tasks().list(), scopes.tasks().processRecording());
    status = own;
    WorkerMarks atEnd = WorkerMarks.create(directory.marks(self));
    marks = atEnd;
    WorkerEnd.install(atEnd);

    SessionState state = SessionState.open(directory.state());
    MonitorSite site =
        new MonitorSite(
            directory,
            root,
            state,
            Clock.SYSTEM,
            Killer.signals(root.resolve("proc")),
            new Events(directory, Clock.SYSTEM, log::line),
            pid);
    // Orders first: what they start is to run at ordinary priority.
    try (WorkerOrders orders = WorkerOrders.start(directory, state, self, scopes, log);
        MonitorLoop loop = new MonitorLoop(site, settings)) {
      follow(state, own, orders, loop);
    }
  }

  private void follow(SessionState state, WorkerStatus own, WorkerOrders orders, MonitorLoop loop) {
    long flushes = state.flushRequests();
    long version = scopes.tasks().version();
    long brake = state.brakeNanos();
    long statusNanos = System.nanoTime();
    boolean rehearsed = false;
    while (!ended) {
      long turn = LONGEST_NANOS;
      try {
        orders.look();
        brake = brake(state, brake);
        long wanted = state.flushRequests();
        if (wanted != flushes) {
          flushes = wanted;
          recorder.flushSoon();
        }
        long now = System.nanoTime();
        prepareToFail(state, now);
        long news = scopes.tasks().version();
        if (now - statusNanos >= statusInterval(state, news != version)) {
          statusNanos = now;
          version = news;
          own.write(scopes.tasks().list(), scopes.tasks().processRecording());
        }
        if (!rehearsed && loop.isOn() && start.hasBegun()) {
          rehearsed = true;
          loop.rehearse();
        }
        pace(state);
        turn = Math.min(turn, loop.turn());
        orders.look();
        brake = brake(state, brake);
      } catch (Throwable t) {
        log.report("memory monitor: one look failed", getName(), t);
      }
      long look = Math.max(SHORTEST_NANOS, state.lookNanos());
      LockSupport.parkNanos(this, Math.min(turn, Math.min(LONGEST_NANOS, look)));
    }
  }

  /**
   * Weaving takes some 100 ms, and the processors from those who watch: where memory runs out
   * sooner, no task can be failed any more.
   */
  private void prepareToFail(SessionState state, long now) {
    if (state.pressure() == 0) {
      calmNanos = now;
    } else if (now - calmNanos > PREPARE_AFTER_NANOS) {
      scopes.prepareToFail();
    }
  }

  /** Has this worker's tasks wait if that was asked for anew and they are what grows. */
  private long brake(SessionState state, long known) {
    long untilNanos = state.brakeNanos();
    long now = System.nanoTime();
    long left = untilNanos - now;
    if (untilNanos != known && left > 0 && left < LONGEST_NANOS) {
      long allocated = scopes.tasks().allocatedBytes();
      // One that waits already allocates nothing, and is to wait on.
      if (now - brakedUntilNanos < 0 || pace.isFast(allocated, now)) {
        brakedUntilNanos = untilNanos;
        scopes.tasks().brake(TimeUnit.NANOSECONDS.toMillis(left), shared);
        if (allocated - flushedAtBytes > MUCH_BYTES) {
          flushedAtBytes = allocated;
          recorder.flushSoon(); // it may be the one that is killed in a moment
        }
      }
    }
    return untilNanos;
  }

  /** Notes how much was allocated: more often while a brake may be near, since asking costs. */
  private void pace(SessionState state) {
    long now = System.nanoTime();
    if (pace.isDue(now, isTight(state) ? PACE_NANOS : CALM_STATUS_NANOS)) {
      long allocated = scopes.tasks().allocatedBytes();
      pace.note(allocated, now);
      if (isTight(state) && allocated - flushedAtBytes > VERY_MUCH_BYTES) {
        flushedAtBytes = allocated;
        recorder.flushSoon(); // a steep hog's end leaves no time for it
      } else if (allocated < flushedAtBytes) {
        flushedAtBytes = allocated; // tasks have ended
      }
    }
  }

  private static long statusInterval(SessionState state, boolean news) {
    if (state.pressure() > 0) {
      return PRESSED_NANOS;
    }
    return news ? NEWS_NANOS : isTight(state) ? STATUS_NANOS : CALM_STATUS_NANOS;
  }

  private static boolean isTight(SessionState state) {
    return state.lookNanos() > 0 && state.lookNanos() < LONGEST_NANOS;
  }
}
