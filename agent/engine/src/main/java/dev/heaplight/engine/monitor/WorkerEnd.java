package dev.heaplight.engine.monitor;

import dev.heaplight.hook.EndHook;
import dev.heaplight.hook.EndLink;
import dev.heaplight.monitor.session.WorkerMarks;

/** Notes in the worker's marks how it ends. Thread-safe; allocates nothing when it notes. */
final class WorkerEnd extends EndLink {
  private final WorkerMarks marks;

  private WorkerEnd(WorkerMarks marks) {
    this.marks = marks;
  }

  /** Notes ends from now on. */
  static void install(WorkerMarks marks) {
    EndHook.connect(new WorkerEnd(marks));
  }

  @Override
  public void exit(int status) {
    marks.markExit(status);
  }

  @Override
  public void halt(int status) {
    marks.markHalt(status);
  }

  @Override
  public void outOfMemory() {
    marks.markOutOfMemory();
  }
}
