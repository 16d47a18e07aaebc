package dev.heaplight.engine;

import dev.heaplight.engine.memory.MemoryLine;
import dev.heaplight.engine.memory.MemorySource;
import dev.heaplight.engine.record.AgentThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Takes a point of the memory line at each interval while any scope is open.
 *
 * <p>After the last scope has closed it keeps its rhythm for a while without taking points: a
 * worker whose short tasks follow one another would otherwise wake it at each.
 */
final class MemoryThread extends AgentThread {
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final MemoryLine line;
  private final Supplier<MemorySource> source;
  private final long intervalNanos;
  private final AgentLog log;

  /**
   * Takes points for {@code line}.
   *
   * @param source made by this thread itself, which takes a while
   */
  MemoryThread(MemoryLine line, Supplier<MemorySource> source, long intervalMillis, AgentLog log) {
    super("heaplight-memory");
    this.line = line;
    this.source = source;
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    this.log = log;
  }

  @Override
  public void run() {
    try {
      follow(source.get());
    } catch (Throwable t) {
      log.report("memory line ended, recordings go on without", getName(), t);
    }
  }

  private void follow(MemorySource memory) {
    long lastWantedNanos = System.nanoTime();
    while (!line.hasEnded()) {
      long now = System.nanoTime();
      if (line.isWanted()) {
        line.add(memory.take());
        lastWantedNanos = now;
      } else if (now - lastWantedNanos > LINGER_NANOS) {
        line.awaitWanted();
        continue;
      }
      sleepUntil(now + intervalNanos);
    }
  }

  private void sleepUntil(long deadlineNanos) {
    for (long left = intervalNanos; left > 0; left = deadlineNanos - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }
}
