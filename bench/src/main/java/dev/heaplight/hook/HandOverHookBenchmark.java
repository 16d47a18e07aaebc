package dev.heaplight.hook;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One task that is handed over, without the queue and the pool: remembered, begun and ended. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverHookBenchmark {
  /** Whether a scope is open, which is the one the thread works for. */
  @Param({"false", "true"})
  public boolean open = false;

  private final WorkScope scope = new WorkScope(new Object(), null);

  /** Puts the thread into the scope. */
  @Setup
  public void enter() {
    HandOver.prepare();
    AllocationHook.enable(open);
    ThreadTable.ofCurrentThread().setPresent(open ? scope : null);
  }

  /** Leaves nothing behind for the next parameter. */
  @TearDown
  public void leave() {
    AllocationHook.enable(false);
    ThreadTable.forgetCurrentThread();
  }

  /** A new task each time, as executors get them. */
  @Benchmark
  public Object handOver() {
    Object task = new Object();
    HandOver.queued(task);
    HandOver.enterTask(task);
    HandOver.leave();
    return task;
  }
}
