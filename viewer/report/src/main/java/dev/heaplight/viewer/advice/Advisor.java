package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.WorkerMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Collects what recordings needed, and advises how many of their kind fit side by side. Memory
 * grows by some 100 bytes for each recording.
 *
 * <p>Recordings of whole processes hold what those of tasks in them hold once more, and are left
 * out unless there are no others. What a worker needs beside scopes is the least of its heap that
 * was in use at any time, and what it held outside the heap. What scopes left behind is not taken
 * off: collections of the young generation alone do not tell whether it is still in use.
 */
public final class Advisor {
  private static final String PROCESS = "process";

  private final Map<String, TaskFigures> tasks = new TreeMap<>();
  private final Map<String, TaskFigures> processes = new TreeMap<>();
  private final Map<Span.Worker, WorkerMemory> memory = new HashMap<>();

  /** An advisor that has seen nothing. */
  public Advisor() {}

  /** Adds a recording. */
  public void add(Outline outline) {
    String name = outline.header().name();
    String kind = outline.header().kind();
    memory
        .computeIfAbsent(Span.Worker.of(outline), worker -> new WorkerMemory())
        .add(outline.worker());
    (kind.equals(PROCESS) ? processes : tasks)
        .computeIfAbsent(name + '\0' + kind, key -> new TaskFigures(name, kind))
        .add(outline);
  }

  /**
   * Advice for a memory.
   *
   * @param memoryBytes the memory, above 0
   * @param usableShare share of it that may be used, above 0 and at most 1
   * @param givenBase what all workers need beside tasks, in bytes; empty to take what was seen
   */
  public Advice advise(long memoryBytes, double usableShare, OptionalLong givenBase) {
    boolean wholeProcesses = tasks.isEmpty();
    Map<String, TaskFigures> figures = wholeProcesses ? processes : tasks;
    List<Span> spans = new ArrayList<>();
    figures.values().forEach(task -> spans.addAll(task.spans()));
    Concurrency all = Concurrency.of(spans);
    int workers = Math.max(1, all.workers());
    Advice frame =
        new Advice(
            memoryBytes,
            usableShare,
            givenBase.isPresent()
                ? WorkerBase.given(givenBase.getAsLong(), workers)
                : seenBase(wholeProcesses, workers),
            all,
            wholeProcesses
                ? 0
                : processes.values().stream().mapToInt(task -> task.spans().size()).sum(),
            List.of());
    List<TaskAdvice> advice =
        figures.values().stream()
            .map(task -> task.advice(frame.roomBytes()))
            .sorted(Comparator.comparingLong(TaskAdvice::peakBytes).reversed())
            .toList();
    return new Advice(
        frame.memoryBytes(),
        frame.usableShare(),
        frame.base(),
        frame.all(),
        frame.processes(),
        advice);
  }

  /** What the worker that needs most beside its scopes needs. */
  private WorkerBase seenBase(boolean heapIsInPeaks, int workers) {
    WorkerBase most = WorkerBase.seen(Progress.UNKNOWN, Progress.UNKNOWN, workers);
    for (WorkerMemory worker : memory.values()) {
      WorkerBase base =
          WorkerBase.seen(
              heapIsInPeaks ? Progress.UNKNOWN : worker.lowestHeapUsedBytes(),
              worker.outsideHeapBytes(),
              workers);
      if (base.origin() == WorkerBase.Origin.SEEN
          && (most.origin() == WorkerBase.Origin.UNKNOWN || base.bytes() > most.bytes())) {
        most = base;
      }
    }
    return most;
  }
}
