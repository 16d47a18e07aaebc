package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.sample.PendingSamples;
import dev.heaplight.hook.ThreadTable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Flushes open recordings once a second, looks at what lives soon after a collection, and resolves
 * stacks earlier when many wait. A daemon: it never keeps a JVM alive.
 */
public final class RecorderThread extends AgentThread {
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How soon a collection is noticed. Asking whether there was one takes nanoseconds. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How soon the first scope is noticed. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int NUDGE_SAMPLES = 1_024;

  private final Scopes scopes;
  private final AgentLog log;
  private volatile boolean ended;
  private volatile boolean flushWanted;

  /** Creates the thread; it does not run yet. */
  public RecorderThread(Scopes scopes, AgentLog log) {
    super("heaplight-recorder");
    this.scopes = scopes;
    this.log = log;
  }

  /** Wakes the recorder if many stacks wait; cheap, for the threads that take them. */
  public void nudge() {
    if (PendingSamples.total() % NUDGE_SAMPLES == NUDGE_SAMPLES - 1) {
      LockSupport.unpark(this);
    }
  }

  /** Has all recordings flushed now. Any thread. */
  public void flushSoon() {
    flushWanted = true;
    LockSupport.unpark(this);
  }

  /** Has the thread end: the agent leaves the JVM. */
  public void end() {
    ended = true;
    LockSupport.unpark(this);
  }

  @Override
  public void run() {
    long flushedNanos = System.nanoTime();
    while (!ended) {
      LockSupport.parkNanos(this, scopes.isIdle() ? IDLE_NANOS : LOOK_NANOS);
      try {
        scopes.look();
        scopes.endWaiting();
        if (PendingSamples.total() >= NUDGE_SAMPLES) {
          scopes.resolve();
        }
        long now = System.nanoTime();
        if (flushWanted || now - flushedNanos >= FLUSH_NANOS) {
          flushWanted = false;
          flushedNanos = now;
          scopes.flush();
          ThreadTable.forgetEndedThreads();
        }
      } catch (Throwable t) {
        log.report("flush failed, tried again in a second", getName(), t);
      }
    }
  }
}
