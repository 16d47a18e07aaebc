package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.RecordedScope.OffHeap;
import dev.heaplight.agent.worker.BufferLeak;
import dev.heaplight.agent.worker.OffHeapKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Off-heap memory in recordings, against known amounts. */
final class OffHeapIT {
  private static final String PROGRAM = OffHeapKinds.class.getName();

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyWayToTakeMemoryIsCountedExactlyByStack(Jdk jdk) throws Exception {
    WorkerProcess worker = run(jdk);

    RecordedScope inner = worker.recording("inner");
    assertFigures(inner, "direct", "keepDirect", 100, 100_000, 0, 0);
    assertFigures(inner, "direct", "dropDirect", 50, 100_000, 50, 100_000);
    assertFigures(inner, "mapped", "mapped", 2, 150_000, 1, 50_000);
    // 1024, grown to 3000, then freed; 800 by reallocation of nothing, to nothing; 512 that is kept
    assertFigures(
        inner, "native", "unsafeMemory", 4, 1024 + 3000 + 800 + 512, 3, 1024 + 3000 + 800);
    if (jdk.version() >= 22) {
      assertFigures(inner, "native", "arena", 2, 30_000, 1, 10_000);
    }
    assertEquals(List.of(), inner.notes());
    for (OffHeap entry : inner.offHeapWhere(e -> e.passesThrough(PROGRAM, "keepDirect"))) {
      assertEquals("main", entry.thread());
      assertEquals("jdk.internal.misc.Unsafe", entry.stack().get(0).className());
      assertEquals("allocateMemory", entry.stack().get(0).methodName());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void memoryBelongsToTheScopeThatTookItAndTheOneAroundWhoeverFreesIt(Jdk jdk) throws Exception {
    WorkerProcess worker = run(jdk);

    Predicate<OffHeap> leftBehind =
        entry ->
            entry.passesThrough(PROGRAM, "main")
                && !entry.passesThrough(PROGRAM, "unsafeMemory")
                && entry.takenBytes() + entry.freedBytes() >= 4096
                && entry.kind().equals("native")
                && !entry.passesThrough(PROGRAM, "arena");
    assertEquals(4096, sum(worker.recording("inner"), leftBehind, OffHeap::liveBytes));
    assertEquals(0, sum(worker.recording("outer"), leftBehind, OffHeap::liveBytes));
    assertEquals(4096, sum(worker.recording("outer"), leftBehind, OffHeap::freedBytes));
    assertEquals(List.of(), worker.recording("other").offHeapWhere(entry -> true));
    assertEquals(
        sum(worker.recording("inner"), entry -> true, OffHeap::takenBytes),
        sum(worker.recording("outer"), entry -> true, OffHeap::takenBytes));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leakIsFoundByItsStack(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result = worker.run(BufferLeak.class);

    assertEquals("", result.err());
    RecordedScope scope = worker.recording("leak");
    String program = BufferLeak.class.getName();
    assertEquals(
        BufferLeak.COUNT * (long) BufferLeak.LEAKED_BYTES,
        sum(scope, e -> e.passesThrough(program, "leak"), OffHeap::liveBytes));
    Predicate<OffHeap> released = e -> e.passesThrough(program, "release");
    assertEquals(
        BufferLeak.COUNT * (long) BufferLeak.RELEASED_BYTES,
        sum(scope, released, OffHeap::takenBytes));
    // Freed by the collector's own thread, as many as it has come to.
    assertTrue(
        sum(scope, released, OffHeap::liveBytes) < BufferLeak.RELEASED_BYTES * 100L,
        () -> "live=" + sum(scope, released, OffHeap::liveBytes));
  }

  private WorkerProcess run(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    WorkerProcess.Result result =
        worker.run(OffHeapKinds.class, directory.resolve("mapped.bin").toString());
    assertEquals("done\n", result.out());
    return worker;
  }

  private static void assertFigures(
      RecordedScope scope,
      String kind,
      String method,
      long taken,
      long takenBytes,
      long freed,
      long freedBytes) {
    Predicate<OffHeap> here =
        entry -> entry.kind().equals(kind) && entry.passesThrough(PROGRAM, method);
    assertEquals(
        List.of(taken, takenBytes, freed, freedBytes),
        List.of(
            sum(scope, here, OffHeap::takenObjects),
            sum(scope, here, OffHeap::takenBytes),
            sum(scope, here, OffHeap::freedObjects),
            sum(scope, here, OffHeap::freedBytes)),
        kind + " at " + method);
  }

  private static long sum(
      RecordedScope scope, Predicate<OffHeap> condition, ToLongFunction<OffHeap> figure) {
    return scope.offHeapWhere(condition).stream().mapToLong(figure).sum();
  }
}
