package dev.heaplight.engine.monitor;

import dev.heaplight.engine.AgentLog;
import dev.heaplight.engine.record.AgentThread;
import dev.heaplight.engine.record.ScopeTasks;
import dev.heaplight.engine.record.Scopes;
import dev.heaplight.monitor.act.HottestStacks;
import dev.heaplight.monitor.act.KillReport;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a monitor decided about this worker, each decision once. One thread looks; what
 * takes longer runs on a thread of its own, since the one that looks may be the monitor.
 */
final class WorkerOrders {
  private static final long HOLD_MILLIS = 400;
  private static final long ORDER_PATIENCE_MILLIS = 400;
  private static final long INSIST_MILLIS = 10;
  private static final long INSIST_FOR_MILLIS = 5_000;
  private static final int RESERVE_BYTES = 1 << 20;

  private final MonitorDirectory directory;
  private final SessionState state;
  private final ProcessIdentity self;
  private final Scopes scopes;
  private final AgentLog log;
  private long seen;

  /** Given up when a worker that is out of heap must still flush. */
  private final AtomicReference<byte @Nullable []> reserve =
      new AtomicReference<>(new byte[RESERVE_BYTES]);

  WorkerOrders(
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
    this.seen = state.version();
  }

  /** Looks whether there is a new decision about this worker; some 50 ns if there is none. */
  void look() {
    long version = state.version();
    if (version == seen) {
      return;
    }
    seen = version;
    Decision decision = state.current();
    if (decision == null || decision.isSettled() || !decision.victim().equals(self)) {
      return;
    }
    if (decision.action() == Decision.Action.KILL_WORKER) {
      scopes.tasks().holdBack(HOLD_MILLIS); // at once: what is not allocated need not be freed
      reserve.set(null);
      start("heaplight-last-flush", () -> lastFlush(decision));
    } else {
      ScopeTasks.Failing task = scopes.tasks().fail(decision.task());
      if (task != null) {
        start("heaplight-fail-task", () -> fail(decision, task));
      }
    }
  }

  private void lastFlush(Decision decision) {
    scopes.flush();
    boolean unused = state.advance(decision, Decision.Phase.FLUSHED);
  }

  private void fail(Decision decision, ScopeTasks.Failing task) {
    Map<String, String> facts = new LinkedHashMap<>(task.facts());
    facts.put("limit", "node");
    facts.put("hottestStack", hottest(task));
    facts.putAll(order(decision));
    task.complete(facts);
    boolean unused = state.advance(decision, Decision.Phase.CARRIED_OUT);
    long untilMillis = System.currentTimeMillis() + INSIST_FOR_MILLIS;
    while (task.insist() && System.currentTimeMillis() < untilMillis) {
      LockSupport.parkNanos(this, INSIST_MILLIS * 1_000_000);
    }
    System.gc(); // the task is over or hopeless: what it held is to go back to the system
  }

  private static String hottest(ScopeTasks.Failing task) {
    task.flush();
    List<KillReport.StackShare> stacks = HottestStacks.of(task.recording(), 1);
    return stacks.isEmpty() ? "" : String.join("\n", stacks.get(0).frames());
  }

  /** What the monitor says; it writes that right after deciding. */
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
    return Map.of("message", "Task was failed because its node is running low on memory.");
  }

  private void start(String name, Runnable work) {
    Thread thread =
        new AgentThread(name) {
          @Override
          public void run() {
            try {
              work.run();
            } catch (Throwable t) {
              log.report("monitor's decision not carried out", getName(), t);
            }
          }
        };
    thread.start();
  }
}
