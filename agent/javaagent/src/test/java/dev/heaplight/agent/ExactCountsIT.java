package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.RecordedScope.Entry;
import dev.heaplight.agent.worker.AllocateMemory;
import dev.heaplight.agent.worker.AllocationKinds;
import dev.heaplight.agent.worker.ConcurrentScopes;
import dev.heaplight.agent.worker.SqlWorkload;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recordings count, against known amounts and the JVM's own count. */
final class ExactCountsIT {
  private static final int COUNT = 300;
  private static final long ARRAY_HEADER_BYTES = 16;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyByteOfOneSiteIsCountedAndNothingOutsideTheScope(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(AllocateMemory.class, Integer.toString(COUNT));

    RecordedScope scope = worker.recording("allocate_memory");
    List<Entry> site =
        scope.entriesWhere(entry -> entry.isAt(AllocateMemory.class.getName(), "allocate"));
    assertEquals(
        COUNT * (AllocateMemory.LENGTH + ARRAY_HEADER_BYTES),
        site.stream().mapToLong(Entry::bytes).sum());
    assertEquals(COUNT, site.stream().mapToLong(Entry::objects).sum());
    for (Entry entry : site) {
      assertEquals("byte[]", entry.className());
      assertEquals("main", entry.thread());
      assertEquals("AllocateMemory.java", entry.stack().get(0).fileName());
      assertTrue(entry.stack().get(0).line() > 0, () -> "line of " + entry);
      assertEquals("main", entry.stack().get(1).methodName());
    }
    assertEquals(0, scope.bytesWhere(entry -> entry.thread().equals("foreign")));
    assertEquals(
        0,
        scope.bytesWhere(
            entry -> entry.stack().stream().anyMatch(f -> f.methodName().equals("outside"))));
    assertTrue(scope.complete());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void databaseWorkAgreesWithTheJvmsOwnCount(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(SqlWorkload.class, "20000");

    RecordedScope scope = worker.recording("sql");
    assertTrue(scope.progress().jvmAllocatedBytes() > 10_000_000, scope.progress()::toString);
    assertWithin(0.98, 1.02, scope.coverage(), "sql");
    assertTrue(
        scope.bytesWhere(entry -> entry.passesThrough("org.h2.")) > 0.9 * scope.bytes(),
        "H2's own methods are in the stacks");
    assertEquals("request", scope.header().kind());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void concurrentAndNestedScopesHaveTheirOwnAllocationOnly(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(ConcurrentScopes.class, Integer.toString(COUNT));

    String program = ConcurrentScopes.class.getName();
    RecordedScope left = worker.recording("left");
    RecordedScope right = worker.recording("right");
    assertEquals(COUNT * 1_016L, left.bytesWhere(entry -> entry.isAt(program, "left")));
    assertEquals(0, left.bytesWhere(entry -> entry.isAt(program, "right")));
    assertEquals(COUNT * 2_016L, right.bytesWhere(entry -> entry.isAt(program, "right")));
    assertEquals(0, right.bytesWhere(entry -> entry.isAt(program, "left")));

    RecordedScope outer = worker.recording("outer");
    RecordedScope inner = worker.recording("inner");
    assertEquals(COUNT * 816L, inner.bytesWhere(entry -> entry.isAt(program, "inner")));
    assertEquals(0, inner.bytesWhere(entry -> entry.isAt(program, "outerBefore")));
    assertEquals(0, inner.bytesWhere(entry -> entry.isAt(program, "outerAfter")));
    assertEquals(COUNT * 816L, outer.bytesWhere(entry -> entry.isAt(program, "inner")));
    assertEquals(COUNT * 416L, outer.bytesWhere(entry -> entry.isAt(program, "outerBefore")));
    assertEquals(COUNT * 216L, outer.bytesWhere(entry -> entry.isAt(program, "outerAfter")));
    assertFalse(inner.bytes() > outer.bytes());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyKindOfAllocationAgreesWithTheJvmsOwnCount(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(AllocationKinds.class);

    Stream<String> kinds =
        Stream.of(
            "concat",
            "lambda",
            "boxing",
            "values",
            "clone",
            "reflection",
            "reflectiveArray",
            "methodHandle",
            "copyOf",
            "multi",
            "builder",
            "exception",
            "collection",
            "stream",
            "record",
            "format",
            "deserialise");
    for (String kind : kinds.toList()) {
      assertWithin(0.99, 1.01, worker.recording(kind).coverage(), kind);
    }
  }

  private static void assertWithin(double low, double high, double actual, String what) {
    assertTrue(
        actual >= low && actual <= high, () -> what + ": coverage=" + actual + ", low=" + low);
  }
}
