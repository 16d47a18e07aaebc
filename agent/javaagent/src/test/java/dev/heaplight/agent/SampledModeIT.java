package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.RecordedScope.Entry;
import dev.heaplight.agent.worker.ConcurrentScopes;
import dev.heaplight.agent.worker.HandedOverWork;
import dev.heaplight.agent.worker.InterleavedScopes;
import dev.heaplight.agent.worker.LimitedTasks;
import dev.heaplight.agent.worker.NativeLeak;
import dev.heaplight.agent.worker.OutlivingThread;
import dev.heaplight.agent.worker.SqlWorkload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scopes whose allocations a profiler samples, against the JVM's count and known amounts. */
final class SampledModeIT {
  private static final int COUNT = 400_000;

  /** By zlib's manual 256 KB and a few: two tables by window and two by memory level. */
  private static final long DEFLATER_BYTES = 268_000;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void totalsAreTheJvmsCountAndStacksAreThoseThatAllocate(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=64k");
    WorkerProcess.Result result = worker.run(ConcurrentScopes.class, Integer.toString(COUNT));

    assertEquals("", result.err());
    String program = ConcurrentScopes.class.getName();
    for (String name : List.of("left", "right", "inner", "outer")) {
      RecordedScope scope = worker.recording(name);
      assertEquals("sampled", scope.header().mode());
      assertTrue(scope.complete(), name);
      assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes(), name);
      assertEquals(List.of(), scope.notes());
    }
    // Some 3,000 to 12,000 samples each: a tenth is five standard errors and more.
    assertNear(COUNT * 1_016L, worker.recording("left"), at(program, "left"));
    assertNear(COUNT * 2_016L, worker.recording("right"), at(program, "right"));
    assertNear(COUNT * 816L, worker.recording("inner"), at(program, "inner"));
    RecordedScope outer = worker.recording("outer");
    assertNear(COUNT * 816L, outer, at(program, "inner"));
    assertNear(COUNT * 416L, outer, at(program, "outerBefore"));
    assertNear(COUNT * 216L, outer, at(program, "outerAfter"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void noSampleGoesToTheOtherOfTwoScopesOnTheSameThreads(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=16k");
    worker.run(InterleavedScopes.class, "400");

    String program = InterleavedScopes.class.getName();
    RecordedScope even = worker.recording("even");
    RecordedScope odd = worker.recording("odd");
    assertTrue(even.progress().samples() > 5_000, () -> even.progress().toString());
    assertTrue(odd.progress().samples() > 5_000, () -> odd.progress().toString());
    assertEquals(0, even.bytesWhere(entry -> entry.className().equals(program + "$Odd")));
    assertEquals(0, odd.bytesWhere(entry -> entry.className().equals(program + "$Even")));
    assertNear(400 * 20_000 * 40L, even, at(program, "even"));
    assertNear(400 * 20_000 * 40L, odd, at(program, "odd"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void databaseWorkIsTheJvmsCountToTheByte(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=64k");
    worker.run(SqlWorkload.class, "20000");

    RecordedScope scope = worker.recording("sql");
    assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes());
    assertTrue(
        scope.bytesWhere(entry -> entry.passesThrough("org.h2.")) > 0.9 * scope.bytes(),
        "H2's own methods are in the stacks");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leakOutsideOfTheHeapIsFoundByStack(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=512k");
    worker.run(NativeLeak.class, "1000");

    RecordedScope scope = worker.recording("leak");
    long leaked = held(scope, "malloc", "leakDeflaters");
    assertTrue(
        Math.abs(leaked - 1_000 * DEFLATER_BYTES) < 0.05 * 1_000 * DEFLATER_BYTES,
        () -> "leaked=" + leaked);
    long ended = held(scope, "malloc", "endDeflaters");
    assertTrue(ended < 0.05 * 1_000 * DEFLATER_BYTES, () -> "ended=" + ended);
    assertEquals(1_000 * 10_000L, held(scope, "direct", "leakBuffers"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void taskBeyondItsLimitFailsByHooksThatAreWovenForIt(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=512k");
    WorkerProcess.Result result = worker.run(LimitedTasks.class, "50000000");

    assertTrue(result.out().contains("allocated: allocated 50"), result::out);
    assertTrue(result.out().contains("at allocate"), result::out);
    assertTrue(result.out().contains("below: no error"), result::out);
    assertEquals("exact", worker.recording("live").header().mode(), "it asks what lives");
    assertEquals("sampled", worker.recording("allocated").header().mode());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void secondProfilerAndFlightRecorderMayBeThereAsWell(Jdk jdk) throws Exception {
    WorkerProcess worker =
        sampled(jdk, "interval=64k")
            .jvmArguments("-XX:StartFlightRecording:filename=" + directory.resolve("own.jfr"));
    worker.run(ConcurrentScopes.class, Integer.toString(COUNT));

    RecordedScope scope = worker.recording("outer");
    assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes());
    assertNear(COUNT * 816L, scope, at(ConcurrentScopes.class.getName(), "inner"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutAnyProfilerTotalsAreStillExactAndSaidToBeAlone(Jdk jdk) throws Exception {
    Path nowhere = directory.resolve("not/there");
    WorkerProcess worker =
        sampled(jdk, "interval=64k")
            .jvmArguments(
                "-Djava.io.tmpdir=" + nowhere,
                "-Duser.home=" + nowhere,
                "-Dos.arch=vax",
                "--limit-modules=java.instrument,java.management,jdk.management,jdk.unsupported");
    WorkerProcess.Result result = worker.run(ConcurrentScopes.class, Integer.toString(COUNT));

    assertTrue(result.err().contains("heaplight: sampled mode, degraded: "), result::err);
    RecordedScope scope = worker.recording("inner");
    assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes());
    assertTrue(scope.bytes() >= COUNT * 816L);
    assertTrue(
        scope.notes().get(0).startsWith("Stacks were not sampled, only totals are known: "),
        () -> scope.notes().toString());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void flightRecorderStandsInWhereTheLibraryCannotBeLoaded(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=64k").jvmArguments("-Dos.arch=vax");
    WorkerProcess.Result result = worker.run(ConcurrentScopes.class, Integer.toString(COUNT));

    assertTrue(result.err().contains("JDK Flight Recorder, 150 a second"), result::err);
    RecordedScope scope = worker.recording("outer");
    assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes());
    assertTrue(
        scope.notes().get(0).contains("there is none for linux vax"), scope.notes()::toString);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void threadThatOutlivesItsScopeWorksForTheOneAround(Jdk jdk) throws Exception {
    assertOutlived(jdk, "20000");
  }

  /** Its code has hooks then, which look at the limit. */
  @ParameterizedTest
  @MethodSource("jdks")
  void threadThatOutlivesALimitedScopeWorksForTheOneAround(Jdk jdk) throws Exception {
    assertOutlived(jdk, "20000", Long.toString(1L << 40));
  }

  private void assertOutlived(Jdk jdk, String... arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    long each = count * 10_016L;
    WorkerProcess worker = sampled(jdk, "interval=64k");
    WorkerProcess.Result result = worker.run(OutlivingThread.class, arguments);

    long counted = Long.parseLong(result.out().strip());
    String program = OutlivingThread.class.getName();
    RecordedScope inner = worker.recording("inner");
    RecordedScope outer = worker.recording("outer");
    long afterInner = outer.bytes() - inner.bytes();
    // Beyond what the thread counts itself: what opens the inner scope, and a line of output.
    assertTrue(Math.abs(afterInner - counted) < 50_000, afterInner + " for " + counted);
    assertNear(each, inner, at(program, "forInner"));
    assertEquals(0, inner.bytesWhere(at(program, "forOuter")));
    assertNear(each, outer, at(program, "forOuter"));
    assertEquals(0, outer.bytesWhere(at(program, "forNobody")));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void workThatIsHandedOverStaysInItsScope(Jdk jdk) throws Exception {
    WorkerProcess worker = sampled(jdk, "interval=64k");
    worker.run(HandedOverWork.class, "200");

    for (Path file : worker.recordings()) {
      RecordedScope scope = RecordedScope.read(file);
      assertTrue(scope.complete(), file::toString);
      if (scope.progress().jvmAllocatedBytes() >= 0) {
        assertEquals(scope.progress().jvmAllocatedBytes(), scope.bytes(), file::toString);
      }
    }
  }

  private WorkerProcess sampled(Jdk jdk, String options) {
    return new WorkerProcess(jdk, directory).agentOptions("mode=sampled," + options);
  }

  private static Predicate<Entry> at(String program, String method) {
    return entry -> entry.isAt(program, method);
  }

  private static void assertNear(long expected, RecordedScope scope, Predicate<Entry> which) {
    long actual = scope.bytesWhere(which);
    assertTrue(
        Math.abs(actual - expected) < 0.1 * expected,
        () -> scope.header().name() + ": expected=" + expected + ", actual=" + actual);
  }

  private static long held(RecordedScope scope, String kind, String method) {
    return scope
        .offHeapWhere(
            entry ->
                entry.kind().equals(kind)
                    && entry.passesThrough(NativeLeak.class.getName(), method))
        .stream()
        .mapToLong(RecordedScope.OffHeap::liveBytes)
        .sum();
  }
}
