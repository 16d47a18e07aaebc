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

/**
 * The hooks of one block outside of the heap, without the block and without the engine's ledger.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OffHeapHookBenchmark {
  private static final long BYTES = 64;

  /** Whether a scope is open anywhere. */
  @Param({"false", "true"})
  public boolean open = false;

  private long address = 1 << 20;

  /** Switches the hooks. */
  @Setup
  public void track() {
    OffHeapHook.track(open);
  }

  /** Switches them off. */
  @TearDown
  public void stop() {
    OffHeapHook.track(false);
    ThreadTable.forgetCurrentThread();
  }

  /** A block that is allocated and freed. */
  @Benchmark
  public long block() {
    address += BYTES;
    long allocated = OffHeapHook.allocated(BYTES, address);
    OffHeapHook.freed(allocated);
    return allocated;
  }
}
