package dev.heaplight.engine.record;

import dev.heaplight.engine.AgentLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads samples, and ends sampled scopes when their last samples have been read. Reading takes a
 * millisecond, so scopes that end in quick succession wait for one reading. Thread-safe.
 */
final class SampledEndings {
  /** Samples are read so often at most, but for the flush of each second. */
  private static final long READING_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SampledThreads sampled;
  private final Ender ender;
  private final AgentLog log;
  private final Queue<Ending> ending = new ConcurrentLinkedQueue<>();
  private final Object reading = new Object();
  private volatile boolean shutDown;

  /** Ends a scope for good. */
  interface Ender {
    void end(Scope scope, String reason);
  }

  /** A closed scope whose last samples are not read yet. */
  private record Ending(Scope scope, String reason) {}

  /** No scope waits. */
  SampledEndings(SampledThreads sampled, Ender ender, AgentLog log) {
    this.sampled = sampled;
    this.ender = ender;
    this.log = log;
  }

  /** Scopes do not wait any longer: nobody may come any more to end them. */
  void shutDown() {
    shutDown = true;
  }

  /** Whether no scope waits. */
  boolean isEmpty() {
    return ending.isEmpty();
  }

  /** Ends a closed scope, now or soon. */
  void end(Scope scope, String reason) {
    ending.add(new Ending(scope, reason));
    if (shutDown || isDue()) {
      read();
    }
  }

  /** Ends scopes that wait, if the last reading is some time ago. */
  void endWaiting() {
    if (!ending.isEmpty() && isDue()) {
      read();
    }
  }

  private boolean isDue() {
    return System.nanoTime() - sampled.readUpToNanos() >= READING_GAP_NANOS;
  }

  /** Gives all samples so far to their scopes, and ends those that waited for them. */
  void read() {
    synchronized (reading) { // who reads last, at the JVM's end, finds all earlier ends done
      List<Ending> due = new ArrayList<>();
      for (Ending next = ending.poll(); next != null; next = ending.poll()) {
        due.add(next);
      }
      try {
        sampled.read();
      } finally {
        due.forEach(this::endIfRead);
      }
    }
  }

  private void end(Ending closed) {
    try {
      closed.scope().offHeap().tally();
    } finally {
      ender.end(closed.scope(), closed.reason());
    }
  }

  private void endIfRead(Ending closed) {
    if (shutDown || closed.scope().closedNanos() <= sampled.readUpToNanos()) {
      try {
        end(closed);
      } catch (Throwable t) { // the others that wait are to end all the same
        log.report("recording not ended", closed.scope().name(), t);
      }
    } else {
      ending.add(closed);
    }
  }
}
