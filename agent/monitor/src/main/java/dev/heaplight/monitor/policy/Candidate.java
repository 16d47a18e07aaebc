package dev.heaplight.monitor.policy;

import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;

/**
 * What could be failed or killed: a task, or a worker that has none open.
 *
 * @param worker its process
 * @param task what the worker told of it
 * @param bytes what it is held to account for: all of its worker's where it is alone there, else
 *     what is estimated of its own
 * @param workerBytes what the whole worker accounts for
 * @param formula how {@code workerBytes} was computed
 * @param neighbours other tasks in the same worker, which end with it if that is killed
 * @param firmer whether one of them is to be kept rather than this one: of a higher priority, or
 *     not retriable where this one is
 * @param killable whether the worker may be killed
 */
public record Candidate(
    ProcessIdentity worker,
    TaskRecord task,
    long bytes,
    long workerBytes,
    String formula,
    int neighbours,
    boolean firmer,
    boolean killable) {
  /** Kind of a candidate that is a worker without tasks. */
  public static final String IDLE_WORKER = "worker";

  /** Whether no task is open there. */
  public boolean isIdle() {
    return task.kind().equals(IDLE_WORKER);
  }

  /** Bytes beyond what it said it needs; 0 if it did not say or keeps to it. */
  public long bytesOverDeclared() {
    return task.declaredBytes() == 0 ? 0 : Math.max(0, bytes - task.declaredBytes());
  }
}
