package dev.heaplight.monitor.session;

/**
 * What was decided about one victim.
 *
 * @param sequence number of the decision in its session, from 1
 * @param victim the worker
 * @param task number of the task in its worker, or {@link #WHOLE_WORKER}
 * @param action what is to happen
 * @param phase how far that has come
 * @param decidedNanos when, by the node's monotonic clock
 * @param usedBytes memory in use then
 * @param level stands for the bound that was reached, see {@link #levelOf}
 * @param decider the monitor that decided, by its process
 */
public record Decision(
    long sequence,
    ProcessIdentity victim,
    long task,
    Action action,
    Phase phase,
    long decidedNanos,
    long usedBytes,
    int level,
    long decider) {
  /** No task: the decision is about the worker. */
  public static final long WHOLE_WORKER = 0;

  /** What happens to a victim. */
  public enum Action {
    /** An error in the task's own threads. */
    FAIL_TASK(0),
    /** The worker is killed. */
    KILL_WORKER(1);

    private final int code;

    Action(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Action of(long code) {
      return code == FAIL_TASK.code ? FAIL_TASK : KILL_WORKER;
    }
  }

  /** How far a decision has come; each phase follows the one before. */
  public enum Phase {
    /** Nothing has happened yet. */
    DECIDED(0),
    /** The worker has flushed its recordings. */
    FLUSHED(1),
    /** The signal was sent, or the error was thrown. */
    CARRIED_OUT(2),
    /** The memory came back, or was waited for in vain. */
    SETTLED(3);

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Phase of(long code) {
      return code <= DECIDED.code
          ? DECIDED
          : code == FLUSHED.code ? FLUSHED : code == CARRIED_OUT.code ? CARRIED_OUT : SETTLED;
    }
  }

  /** A number for the bound at this path, by which monitors of all processes know it again. */
  public static int levelOf(String path) {
    return path.hashCode();
  }

  /** Whether nothing more is expected of it. */
  public boolean isSettled() {
    return phase == Phase.SETTLED;
  }
}
