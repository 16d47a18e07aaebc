package dev.heaplight.engine.monitor;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.record.AgentThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Waits for work of one kind and does it, in order.
 *
 * <p>Started beforehand: where memory has run out there is none for a new thread's stack. And by a
 * thread of ordinary priority, which it keeps.
 */
final class OrderThread extends AgentThread {
  private static final int MAX_WAITING = 16;

  private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AgentLog log;
  private boolean ended;

  /** A thread that does not run yet. */
  OrderThread(String name, AgentLog log) {
    super(name);
    this.log = log;
  }

  /** Has work done; nothing if more waits than could matter any more. Any thread. */
  void accept(Runnable work) {
    boolean unused = waiting.offer(work);
  }

  /** Whether nothing waits. */
  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Has the thread end once it has done what waits; an interrupt would close files it writes. */
  void end() {
    accept(() -> ended = true);
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        waiting.take().run();
      } catch (Throwable t) {
        log.report("monitor's decision not carried out", getName(), t);
      }
    }
  }
}
