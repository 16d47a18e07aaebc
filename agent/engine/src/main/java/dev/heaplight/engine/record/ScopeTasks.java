package dev.heaplight.engine.record;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.session.TaskRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Open scopes as the memory monitor sees them: those that are in no other, the scope of the process
 * left out. Thread-safe.
 */
public final class ScopeTasks {
  private static final String PROCESS = "process";

  /** What an error says if the monitor does not say more in time. */
  private static final String MESSAGE =
      "Task was failed because its node is running low on memory.";

  private final Collection<Scope> open;
  private final AtomicLong nextKey;

  ScopeTasks(Collection<Scope> open, AtomicLong nextKey) {
    this.open = open;
    this.nextKey = nextKey;
  }

  /** Changes when a scope is opened or closed. */
  public long version() {
    return nextKey.get() * 31 + open.size();
  }

  /** Whether any scope was ever opened. */
  public boolean wasAnyOpened() {
    return nextKey.get() > 1;
  }

  /** Where the whole process is recorded; empty if it is not. */
  public String processRecording() {
    for (Scope scope : open) {
      if (scope.kind().equals(PROCESS)) {
        return scope.file().toString();
      }
    }
    return "";
  }

  /** What open scopes have allocated; grows but when one is closed. */
  public long allocatedBytes() {
    long bytes = 0;
    for (Scope scope : open) {
      bytes += isTask(scope) ? scope.allocatedBytes() : 0;
    }
    return bytes;
  }

  /** The tasks as they are now; some microseconds each. */
  public List<TaskRecord> list() {
    List<TaskRecord> tasks = new ArrayList<>();
    for (Scope scope : open) {
      if (isTask(scope) && !scope.isClosed()) {
        tasks.add(record(scope));
      }
    }
    return tasks;
  }

  /**
   * Begins to fail a task: its threads wait at their next allocation for what they are to say.
   *
   * @return null if there is no such task, or no error to throw in it
   */
  public @Nullable Failing fail(long key) {
    for (Scope scope : open) {
      if (scope.task().key() == key && !scope.isClosed()) {
        ScopeFailure failure = scope.task().fail(facts(scope));
        if (failure != null) {
          scope.hurryMembers();
          return new Failing(scope, failure);
        }
      }
    }
    return null;
  }

  /**
   * Has the threads of tasks wait, because memory is about to run out.
   *
   * @param all whether those that cannot be failed wait too: where the worker may be killed
   */
  public void brake(long millis, boolean all) {
    for (Scope scope : open) {
      if (isTask(scope) && (all || scope.task().canFail())) {
        scope.holdBack(millis);
      }
    }
  }

  /** Has the threads of all scopes wait, because this worker is about to be killed. */
  public void holdBack(long millis) {
    for (Scope scope : open) {
      scope.holdBack(millis);
    }
  }

  /** A task that is being failed. Thread-safe. */
  public static final class Failing {
    private final Scope scope;
    private final ScopeFailure failure;
    private volatile boolean settled;

    private Failing(Scope scope, ScopeFailure failure) {
      this.scope = scope;
      this.failure = failure;
    }

    /** Writes all that is known of it so far. */
    public void flush() {
      scope.tallyMembers();
      scope.flush();
    }

    /** The stack that allocated most up to the last {@link #flush}; empty if none did. */
    public String hottestStack() {
      return scope.hottestStack();
    }

    /** Sets what the error says, and lets the threads throw it. */
    public void complete(Map<String, String> facts) {
      failure.complete(facts);
      scope.hurryMembers();
    }

    /** What the error says as long as nothing more is known. */
    public Map<String, String> facts() {
      return ScopeTasks.facts(scope);
    }

    /**
     * Has threads that were not told since look again; once all were, those go on at full speed
     * that caught the error.
     *
     * @return false if the task is over or the order settled
     */
    public boolean insist() {
      if (scope.isToldToAll(failure)) {
        scope.task().drop(failure);
      } else if (scope.task().failure() == failure) {
        scope.hurryMembers();
      }
      return !settled && !scope.isClosed();
    }

    /** Lets threads that were not told go on: the order has had what effect it could have. */
    public void settle() {
      settled = true;
      scope.task().drop(failure);
    }
  }

  private static Map<String, String> facts(Scope scope) {
    TaskTerms terms = scope.task().terms();
    return Map.of(
        "scope", scope.name(),
        "id", scope.id(),
        "attempt", Integer.toString(terms.attempt()),
        "retriable", Boolean.toString(terms.retriable()),
        "recording", scope.file().toString(),
        "limit", "node",
        "message", MESSAGE);
  }

  private static boolean isTask(Scope scope) {
    Scope parent = scope.parent();
    return !scope.kind().equals(PROCESS)
        && (parent == null || parent.kind().equals(PROCESS) || parent.isClosed());
  }

  private static TaskRecord record(Scope scope) {
    ScopeTask task = scope.task();
    TaskTerms terms = task.terms();
    long allocated = scope.allocatedBytes();
    long since = Math.max(0, allocated - task.allocatedAtCollectionBytes());
    return new TaskRecord(
        task.key(),
        scope.name(),
        scope.kind(),
        scope.id(),
        task.openedMillis(),
        allocated,
        scope.life().liveBytes() + since,
        scope.isSampled() ? Progress.UNKNOWN : scope.life().liveBytes(),
        terms.retriable(),
        terms.owner(),
        terms.priority(),
        terms.declaredBytes(),
        terms.attempt(),
        scope.file().toString(),
        task.canFail());
  }
}
