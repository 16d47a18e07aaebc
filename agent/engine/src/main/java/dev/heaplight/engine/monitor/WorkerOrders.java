package dev.heaplight.engine.monitor;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.record.ScopeTasks;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a monitor decided about this worker, each decision once. One thread looks; what
 * takes longer is done by threads that wait for it, since the one that looks may be the monitor.
 */
final class WorkerOrders implements AutoCloseable {
  private static final long HOLD_MILLIS = 400;
  private static final long ORDER_PATIENCE_MILLIS = 400;
  private static final long INSIST_MILLIS = 10;
  private static final long INSIST_FOR_MILLIS = 5_000;
  private static final long NOTHING_SEEN = -1;
  private static final int RESERVE_BYTES = 1 << 20;

  private final MonitorDirectory directory;
  private final SessionState state;
  private final ProcessIdentity self;
  private final Scopes scopes;
  private final AgentLog log;
  private final OrderThread flusher;
  private final OrderThread failer;
  private long seen = NOTHING_SEEN; // one may be decided on as soon as its file is there
  private long failingSequence;
  private ScopeTasks.@Nullable Failing failing;

  /** Given up when a worker that is out of heap must still flush. */
  private final AtomicReference<byte @Nullable []> reserve =
      new AtomicReference<>(new byte[RESERVE_BYTES]);

  private WorkerOrders(
      MonitorDirectory directory,
      SessionState state,
      ProcessIdentity self,
      Scopes scopes,
      AgentLog log) {
    this.directory = directory;
    this.state = state;
    this.self = self;
    this.scopes = scopes;
    this.log = log;
    this.flusher = new OrderThread("heaplight-last-flush", log);
    this.failer = new OrderThread("heaplight-fail-task", log);
  }

  /** Follows decisions from now on, with threads that have the caller's priority. */
  static WorkerOrders start(
      MonitorDirectory directory,
      SessionState state,
      ProcessIdentity self,
      Scopes scopes,
      AgentLog log) {
    WorkerOrders orders = new WorkerOrders(directory, state, self, scopes, log);
    orders.flusher.start();
    orders.failer.start();
    return orders;
  }

  /** Looks whether there is a new decision about this worker; some 50 ns if there is none. */
  void look() {
    long version = state.version();
    if (version == seen) {
      return;
    }
    seen = version;
    Decision decision = state.current();
    settleFormer(decision);
    if (decision == null
        || decision.phase() != Decision.Phase.DECIDED
        || !decision.victim().equals(self)) {
      return;
    }
    if (decision.action() == Decision.Action.KILL_WORKER) {
      scopes.tasks().holdBack(HOLD_MILLIS); // at once: what is not allocated need not be freed
      reserve.set(null);
      flusher.accept(() -> lastFlush(decision));
    } else {
      ScopeTasks.Failing task = scopes.tasks().fail(decision.task());
      if (task != null) {
        failing = task;
        failingSequence = decision.sequence();
        failer.accept(() -> fail(decision, task));
      }
    }
  }

  /** A task that survived its error, or never came to it, is not to fail for another event. */
  private void settleFormer(@Nullable Decision decision) {
    ScopeTasks.Failing task = failing;
    boolean stands =
        decision != null && !decision.isSettled() && decision.sequence() == failingSequence;
    if (task != null && !stands) {
      task.settle();
      failing = null;
    }
  }

  private void lastFlush(Decision decision) {
    scopes.flush();
    boolean unused = state.advance(decision, Decision.Phase.FLUSHED);
  }

  private void fail(Decision decision, ScopeTasks.Failing task) {
    task.flush();
    Map<String, String> facts = new LinkedHashMap<>(task.facts());
    facts.put("hottestStack", task.hottestStack());
    facts.putAll(order(decision));
    task.complete(facts);
    boolean unused = state.advance(decision, Decision.Phase.CARRIED_OUT);
    long untilMillis = System.currentTimeMillis() + INSIST_FOR_MILLIS;
    while (task.insist() && System.currentTimeMillis() < untilMillis) {
      LockSupport.parkNanos(this, INSIST_MILLIS * 1_000_000);
    }
    if (failer.isIdle()) {
      System.gc(); // the task is over or hopeless: what it held is to go back to the system
    }
  }

  /** What the monitor says, which writes that right after deciding; nothing if it is late. */
  private Map<String, String> order(Decision decision) {
    Path file = directory.order(decision.sequence());
    long untilMillis = System.currentTimeMillis() + ORDER_PATIENCE_MILLIS;
    while (System.currentTimeMillis() < untilMillis) {
      if (Files.exists(file)) {
        try {
          return KeyValues.read(file);
        } catch (IOException e) {
          log.report("monitor's order not read, the error says less", file.toString(), e);
          break;
        }
      }
      LockSupport.parkNanos(this, 1_000_000);
    }
    return Map.of();
  }

  /** Follows no more decisions. */
  @Override
  public void close() {
    flusher.end();
    failer.end();
  }
}
