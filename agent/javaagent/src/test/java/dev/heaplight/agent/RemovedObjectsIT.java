package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.RecordedScope.Entry;
import dev.heaplight.agent.worker.CompiledLoops;
import dev.heaplight.format.LiveKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that the JIT compiler does without, against the JVM's own count. Compilation is in the
 * foreground, so that it does not depend on the machine when code is compiled.
 */
final class RemovedObjectsIT {
  private static final int ROUNDS = 4_000_000;
  private static final int STAYING = ROUNDS / 100;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whatIsNotAllocatedIsNotRecordedAndReachesNoLimit(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).jvmArguments("-Xbatch", "-Xmx400m");
    WorkerProcess.Result result = worker.run(CompiledLoops.class, Integer.toString(ROUNDS));

    assertTrue(result.out().contains("limit=kept"), result::out);

    RecordedScope scope = worker.recording("loops");
    double coverage = scope.coverage();
    assertTrue(coverage > 0.98 && coverage < 1.02, () -> "coverage=" + coverage);
    long points = objects(scope, at("removable"));
    assertTrue(points < ROUNDS / 10, () -> "objects that were removed, recorded=" + points);
    assertEquals(ROUNDS, objects(scope, at("escaping")));
    assertEquals(STAYING, objects(scope, at("staying")));
  }

  /** Compiled code gives hooks no object: what lives there is found on the stack, or not at all. */
  @ParameterizedTest
  @MethodSource("jdks")
  void whatCompiledCodeAllocatesIsFollowed(Jdk jdk) throws Exception {
    WorkerProcess worker =
        new WorkerProcess(jdk, directory).jvmArguments("-Xbatch", "-XX:+UseZGC", "-Xmx400m");
    worker.run(CompiledLoops.class, Integer.toString(ROUNDS));

    RecordedScope scope = worker.recording("loops");
    assertTrue(objects(scope, at("removable")) < ROUNDS / 10, "hooks were not given the objects");
    long allocated = scope.bytesWhere(at("staying"));
    long alive = scope.liveBytes(LiveKind.SURVIVORS, at("staying"));
    assertTrue(
        Math.abs(alive - allocated) < 0.05 * allocated,
        () -> "survivors: actual=" + alive + ", expected=" + allocated);
    long forgotten = scope.liveBytes(LiveKind.SURVIVORS, at("escaping"));
    assertTrue(forgotten < allocated / 10, () -> "forgotten objects that survive=" + forgotten);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void switchedOffEveryObjectIsMadeAndCounted(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).agentOptions("escape-analysis=off");
    WorkerProcess.Result result = worker.run(CompiledLoops.class, Integer.toString(ROUNDS));

    assertTrue(result.out().contains("limit=reached"), result::out);
    RecordedScope scope = worker.recording("loops");
    assertEquals(ROUNDS, objects(scope, at("removable")));
    assertEquals(ROUNDS, objects(scope, at("escaping")));
    double coverage = scope.coverage();
    assertTrue(coverage > 0.999 && coverage < 1.001, () -> "coverage=" + coverage);
  }

  private static Predicate<Entry> at(String method) {
    return entry -> entry.isAt(CompiledLoops.class.getName(), method);
  }

  private static long objects(RecordedScope scope, Predicate<Entry> where) {
    return scope.entriesWhere(where).stream().mapToLong(Entry::objects).sum();
  }
}
