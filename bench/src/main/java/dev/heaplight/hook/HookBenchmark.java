package dev.heaplight.hook;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One allocation with its hook, which is the hot path. Runs with all classes on the bootstrap class
 * path, since the JVM follows the hooks' inlining annotations only there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HookBenchmark {
  private static final int OBJECT_SITE = 300;
  private static final int ARRAY_SITE = 301;

  /** How much of the hook runs. */
  public enum Counting {
    /** No scope is open. */
    OFF,
    /** A scope is open, but not in this thread. */
    ELSEWHERE,
    /** In a scope, far from the next sample. */
    ON,
    /**
     * In a scope, every allocation goes the sampler's way; there is no engine that takes a stack.
     */
    SAMPLING
  }

  /** State of the hooks. */
  @Param({"OFF", "ELSEWHERE", "ON", "SAMPLING"})
  public Counting counting = Counting.OFF;

  /** Length of the arrays, not known to the compiler. */
  public int length = 16;

  private final Object held = new Object();

  /** Trains all ways, as the agent does, and leaves the hooks as the parameter says. */
  @Setup(Level.Trial)
  public void train() {
    for (int round = 0; round < 40_000; round++) {
      switchTo(Counting.values()[round & 3]);
      AllocationHook.object(held, OBJECT_SITE);
      AllocationHook.array(new byte[0], ARRAY_SITE);
    }
    switchTo(counting);
  }

  private static void switchTo(Counting counting) {
    ThreadCounters counters = ThreadCounters.ofCurrentThread();
    long[][] pages = counters.pages();
    if (pages.length == 0) {
      pages = new long[][] {null, new long[ThreadCounters.PAGE_SITES * 2]};
      pages[1][((OBJECT_SITE & ThreadCounters.SITE_MASK) << 1) + 1] = 16; // as if seen before
      pages[1][((ARRAY_SITE & ThreadCounters.SITE_MASK) << 1) + 1] = 16;
      counters.setPages(pages);
    }
    AllocationHook.enable(counting != Counting.OFF);
    counters.setActive(counting == Counting.ON || counting == Counting.SAMPLING);
    counters.setCountdownBytes(counting == Counting.SAMPLING ? 0 : Long.MAX_VALUE);
  }

  /** Leaves nothing behind for the next parameter. */
  @TearDown(Level.Trial)
  public void forget() {
    AllocationHook.enable(false);
    ThreadCounters.forgetCurrentThread();
  }

  /** What the others are to be compared with. */
  @Benchmark
  public Object bareObject() {
    return new Object();
  }

  /** An object and its hook. */
  @Benchmark
  public Object object() {
    Object allocated = new Object();
    AllocationHook.object(allocated, OBJECT_SITE);
    return allocated;
  }

  /** What the others are to be compared with. */
  @Benchmark
  public byte[] bareArray() {
    return new byte[length];
  }

  /** An array and its hook. */
  @Benchmark
  public byte[] array() {
    byte[] allocated = new byte[length];
    AllocationHook.array(allocated, ARRAY_SITE);
    return allocated;
  }

  /** Finding the thread's counters alone. */
  @Benchmark
  public ThreadCounters current() {
    return ThreadCounters.current();
  }
}
