package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.RecordedScope.Entry;
import dev.heaplight.agent.worker.AllocateMemory;
import dev.heaplight.agent.worker.LeakingMailbox;
import dev.heaplight.agent.worker.TwoStructures;
import dev.heaplight.format.LiveKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Live bytes, against known amounts and the JVM's own class histogram. */
final class LiveBytesIT {
  private static final int MEGABYTES_A = 100;
  private static final int MEGABYTES_B = 50;
  private static final int MESSAGES = 100_000;
  private static final double TOLERANCE = 0.05;

  @TempDir private Path directory;

  static Stream<Arguments> collectors() {
    return Jdk.all().stream()
        .flatMap(
            jdk ->
                Stream.of("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC")
                    .map(collector -> Arguments.of(jdk, collector)));
  }

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("collectors")
  void peakAndSurvivorsAreThoseOfTheHistogram(Jdk jdk, String collector) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).jvmArguments(collector);
    WorkerProcess.Result result =
        worker.run(
            TwoStructures.class, Integer.toString(MEGABYTES_A), Integer.toString(MEGABYTES_B));

    RecordedScope scope = worker.recording("structures");
    assertTrue(scope.complete());
    double a = histogram(result, "A") - histogram(result, "warm-up");
    assertTrue(
        scope.collections().stream()
            .anyMatch(point -> Math.abs(point.liveBytes() - a) < a * TOLERANCE),
        () -> "collection with A by the histogram: expected=" + a + ", " + scope.collections());
    long peak = scope.liveBytes(LiveKind.PEAK, in("StructureA"));
    assertTrue(
        peak > scope.liveBytes(LiveKind.PEAK, entry -> true) / 2, () -> "A at the peak=" + peak);
    assertTrue(scope.live(LiveKind.PEAK).collection() > 0);
    assertFalse(scope.live(LiveKind.PEAK).collector().isEmpty());
    long b = scope.liveBytes(LiveKind.SURVIVORS, in("StructureB"));
    assertWithin(MEGABYTES_B * 1e6, b, "B at the end");
    assertWithin(histogram(result, "B") - histogram(result, "warm-up"), b, "B by the histogram");
    assertEquals(0, scope.liveBytes(LiveKind.SURVIVORS, in("StructureA")));
    // What was not looked at between two collections counts as older, as on a busy machine.
    double share = 0.2;
    long temporary = scope.liveBytes(LiveKind.TEMPORARY, entry -> true);
    assertTrue(
        temporary > share * (MEGABYTES_A + MEGABYTES_B) * 1e6,
        () -> "what was dropped at once: temporary=" + temporary);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leakIsWhatSurvivesTheCollectionAtTheClose(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory);
    worker.run(LeakingMailbox.class, Integer.toString(MESSAGES));

    RecordedScope scope = worker.recording("mailbox");
    long leaked =
        scope.liveBytes(
            LiveKind.SURVIVORS, entry -> entry.isAt(LeakingMailbox.class.getName(), "remember"));
    assertWithin(MESSAGES * 1_024.0, leaked, "leaked arrays");
    long forgotten =
        scope.liveBytes(
            LiveKind.SURVIVORS, entry -> entry.isAt(LeakingMailbox.class.getName(), "forget"));
    assertTrue(forgotten < leaked / 100, () -> "forgotten bytes that survive: " + forgotten);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutACollectionEverythingIsAnUpperBoundAndSaysSo(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).jvmArguments("-Xms400m", "-Xmn300m");
    worker.run(AllocateMemory.class, "5");

    RecordedScope scope = worker.recording("allocate_memory");
    assertEquals(0, scope.live(LiveKind.SURVIVORS).collection());
    assertEquals(5 * 1_000_016L, scope.liveBytes(LiveKind.SURVIVORS, in("AllocateMemory")));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void switchedOffNothingIsSaidOfWhatLives(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).agentOptions("live=off");
    worker.run(LeakingMailbox.class, "1000");

    RecordedScope scope = worker.recording("mailbox");
    for (LiveKind kind : LiveKind.values()) {
      assertFalse(scope.has(kind), kind::toString);
    }
  }

  private static Predicate<Entry> in(String className) {
    return entry ->
        entry.className().equals("byte[]")
            && !entry.stack().isEmpty()
            && entry.stack().get(0).className().endsWith(className)
            && entry.stack().get(0).methodName().matches("build|allocate");
  }

  private static double histogram(WorkerProcess.Result result, String when) {
    Matcher line =
        Pattern.compile("^" + when + ": \\d+: \\d+ (\\d+) \\[B", Pattern.MULTILINE)
            .matcher(result.out());
    assertTrue(line.find(), result::out);
    return (double) Long.parseLong(line.group(1));
  }

  private static void assertWithin(double expected, long actual, String what) {
    assertEquals(expected, (double) actual, expected * TOLERANCE, what);
  }
}
