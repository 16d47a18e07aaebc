package dev.heaplight.viewer.advice;

import java.util.List;

/**
 * How many tasks fit into a memory.
 *
 * <p>The rule: (memory x usable share - what the workers need beside tasks) / the largest peak of
 * the name. The largest and not a percentile, because one that does not fit is killed.
 *
 * @param memoryBytes the memory
 * @param usableShare share of it that may be used, above 0 and at most 1
 * @param base what workers need beside their tasks
 * @param all what ran at the same time, whatever its name
 * @param processes how many recordings of whole processes were left out
 * @param tasks advice for each name, the largest peak first
 */
public record Advice(
    long memoryBytes,
    double usableShare,
    WorkerBase base,
    Concurrency all,
    int processes,
    List<TaskAdvice> tasks) {

  /** Copies {@code tasks}. */
  public Advice {
    tasks = List.copyOf(tasks);
  }

  /** What may be used. */
  public long usableBytes() {
    return (long) (memoryBytes * usableShare);
  }

  /** What is there for tasks: what may be used less what workers need beside them; at least 0. */
  public long roomBytes() {
    return Math.max(0, usableBytes() - base.bytes());
  }

  /** Whether recordings that ran at the same time could have needed more than there is. */
  public boolean overAtWorst() {
    return all.peakBytes() > roomBytes();
  }
}
