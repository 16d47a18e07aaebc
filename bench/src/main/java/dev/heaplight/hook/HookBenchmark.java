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
  private static final int ANY_SITE = 302;
  private static final int NESTED_SITE = 303;
  private static final int BACKTRACE_SITE = 304;
  private static final int LAST_SITE = BACKTRACE_SITE;
  private static final long[][] OWN_PAGES = {null, new long[ThreadCounters.PAGE_SITES * 2]};
  private static final SharedPages SHARED_PAGES = new SharedPages();

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
    SAMPLING,
    /** In a scope that several threads count for together, as virtual threads do. */
    SHARED
  }

  /** State of the hooks. */
  @Param({"OFF", "ELSEWHERE", "ON", "SAMPLING", "SHARED"})
  public Counting counting = Counting.OFF;

  /** Length of the arrays, not known to the compiler. */
  public int length = 16;

  private final Object held = new Object();
  private final long[][] nestedArray = new long[2][2];

  /** Trains all ways, as the agent does, and leaves the hooks as the parameter says. */
  @Setup(Level.Trial)
  public void train() {
    for (int round = 0; round < 40_000; round++) {
      switchTo(Counting.values()[round % Counting.values().length]);
      AllocationHook.object(held, OBJECT_SITE);
      AllocationHook.array(new byte[0], ARRAY_SITE);
      AllocationHook.any(held, ANY_SITE);
      AllocationHook.nested(nestedArray, NESTED_SITE);
      AllocationHook.backtrace(nestedArray, BACKTRACE_SITE);
    }
    switchTo(counting);
  }

  private static void switchTo(Counting counting) {
    ThreadCounters counters = ThreadTable.ofCurrentThread();
    if (counting == Counting.SHARED) {
      counters.setSharedPages(SHARED_PAGES);
    } else {
      counters.setPages(OWN_PAGES);
    }
    for (int site = OBJECT_SITE; site <= LAST_SITE; site++) {
      counters.setInstanceBytes(site, 16); // as if seen before
    }
    AllocationHook.enable(counting != Counting.OFF);
    counters.setActive(counting != Counting.OFF && counting != Counting.ELSEWHERE);
    counters.setCountdownBytes(counting == Counting.SAMPLING ? 0 : Long.MAX_VALUE);
  }

  /** Leaves nothing behind for the next parameter. */
  @TearDown(Level.Trial)
  public void forget() {
    AllocationHook.enable(false);
    ThreadTable.forgetCurrentThread();
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

  /** An object of a class that only the object tells. */
  @Benchmark
  public Object any() {
    Object allocated = new Object();
    AllocationHook.any(allocated, ANY_SITE);
    return allocated;
  }

  /** What the others are to be compared with. */
  @Benchmark
  public long[][] bareNested() {
    return new long[2][length];
  }

  /** An array of arrays and its hook. */
  @Benchmark
  public long[][] nested() {
    long[][] allocated = new long[2][length];
    AllocationHook.nested(allocated, NESTED_SITE);
    return allocated;
  }

  /** The hook of a throwable's stack trace, without the stack trace. */
  @Benchmark
  public void backtrace() {
    AllocationHook.backtrace(nestedArray, BACKTRACE_SITE);
  }

  /** Finding the thread's counters alone. */
  @Benchmark
  public ThreadCounters current() {
    return ThreadTable.current();
  }
}
