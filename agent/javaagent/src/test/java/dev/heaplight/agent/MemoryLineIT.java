package dev.heaplight.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.agent.worker.AllocateMemory;
import dev.heaplight.agent.worker.MemoryHolder;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory line of recordings against what the kernel says. */
final class MemoryLineIT {
  private static final long HEAP_BYTES = 512L << 20;
  private static final double TOLERANCE = 0.05;

  @TempDir private Path directory;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void figuresAgreeWithTheKernels(Jdk jdk) throws Exception {
    // The heap is touched whole at start, so that the resident set does not change meanwhile.
    MemorySample last = held(jdk, "-XX:+UseSerialGC");
    assertTrue(last.rssBytes() > last.rssMinusSharedBytes(), last::toString);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void heapOfZgcIsInTheFigureWithoutSharedMemory(Jdk jdk) throws Exception {
    MemorySample last = held(jdk, "-XX:+UseZGC");
    assertTrue(last.rssMinusSharedBytes() > HEAP_BYTES, last::toString);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void partsAgreeWithTheKernelAndWithNativeMemoryTracking(Jdk jdk) throws Exception {
    WorkerProcess worker =
        new WorkerProcess(jdk, directory)
            .agentOptions("mode=sampled")
            .jvmArguments("-Xmx512m", "-XX:NativeMemoryTracking=summary", "-XX:+UseSerialGC");
    List<String> printed = worker.run(MemoryHolder.class, "Thread").out().lines().toList();

    List<MemoryParts> all = worker.recording("holder").memoryParts();
    assertTrue(all.size() >= 2, all::toString);
    MemoryParts last = all.get(all.size() - 1);
    assertNear(Long.parseLong(printed.get(2)), last.mappedFileBytes());
    // What runs the command has a thread of its own.
    assertTrue(Math.abs(Long.parseLong(printed.get(3)) - last.threads()) <= 2, printed::toString);
    // Asked for as the scope opened, before all stacks were touched that are by now.
    long threadBytes = Long.parseLong(printed.get(4));
    assertTrue(last.threadBytes() > 0.4 * threadBytes, () -> last + " for " + threadBytes);
    assertTrue(last.threadBytes() < 1.2 * threadBytes, () -> last + " for " + threadBytes);
    assertTrue(last.jvmBytes() > 1 << 20, last::toString);
    assertTrue(last.codeCacheBytes() > 1 << 20, last::toString);
    assertTrue(last.mallocBytes() >= 0, last::toString);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void partsThatNobodyTellsAreUnknown(Jdk jdk) throws Exception {
    WorkerProcess worker = new WorkerProcess(jdk, directory).jvmArguments("-Xmx512m");
    worker.run(MemoryHolder.class);

    List<MemoryParts> all = worker.recording("holder").memoryParts();
    assertFalse(all.isEmpty());
    for (MemoryParts parts : all) {
      assertEquals(Progress.UNKNOWN, parts.threadBytes());
      assertEquals(Progress.UNKNOWN, parts.jvmBytes());
      assertEquals(Progress.UNKNOWN, parts.mallocBytes());
    }
  }

  @Test
  void intervalOfZeroMeansNoLine() throws Exception {
    WorkerProcess worker =
        new WorkerProcess(Jdk.all().get(0), directory).agentOptions("memory-interval=0ms");
    worker.run(AllocateMemory.class, "3");
    assertEquals(List.of(), worker.recording("allocate_memory").memory());
  }

  private MemorySample held(Jdk jdk, String collector) throws Exception {
    WorkerProcess worker =
        new WorkerProcess(jdk, directory)
            .jvmArguments("-Xms512m", "-XX:+AlwaysPreTouch", collector);
    List<String> printed = worker.run(MemoryHolder.class).out().lines().toList();
    long rssBytes = Long.parseLong(printed.get(0));
    long anonymousBytes = Long.parseLong(printed.get(1));

    List<MemorySample> line = worker.recording("holder").memory();
    assertTrue(line.size() >= 5, line::toString);
    for (int i = 1; i < line.size(); i++) {
      assertTrue(line.get(i).elapsedMillis() > line.get(i - 1).elapsedMillis(), line::toString);
    }
    MemorySample last = line.get(line.size() - 1);
    boolean shared = collector.equals("-XX:+UseZGC");
    assertNear(rssBytes, last.rssBytes());
    assertNear(anonymousBytes + (shared ? HEAP_BYTES : 0), last.rssMinusSharedBytes());
    // Serial collection leaves one of its two survivor spaces out.
    assertTrue(last.heapCommittedBytes() > 0.9 * HEAP_BYTES, last::toString);
    assertTrue(last.heapCommittedBytes() <= HEAP_BYTES, last::toString);
    assertTrue(last.heapUsedBytes() >= MemoryHolder.HEAP_BYTES, last::toString);
    assertTrue(last.heapUsedBytes() <= last.heapCommittedBytes(), last::toString);
    assertTrue(last.directBytes() >= MemoryHolder.DIRECT_BYTES, last::toString);
    assertTrue(last.directBytes() < MemoryHolder.DIRECT_BYTES + (1 << 20), last::toString);
    assertTrue(last.metaspaceBytes() > 1 << 20, last::toString);
    return last;
  }

  private static void assertNear(long expected, long actual) {
    assertTrue(
        Math.abs(actual - expected) <= TOLERANCE * expected,
        () -> "expected=" + expected + ", actual=" + actual);
  }
}
