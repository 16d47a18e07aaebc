package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTextTest {
  @TempDir Path directory;

  @Test
  void figuresAndSitesAreReadable() throws IOException {
    TestRecording recording =
        TestRecording.create(file(), "allocate_memory", Map.of("customer", "north"));
    recording.allocation("byte[]", 3, 3_072, TestRecording.frame("com.acme.Job.run", 42));
    assertEquals(
        """
        Scope        allocate_memory
        Kind         task
        Id           t-1
        customer     north
        Started      2026-01-01T00:00:00Z
        Process      4711 on host worker-3, OpenJDK 17.0.15
        Agent        0.1.0, exact mode
        Duration     1.5 s
        Ended        closed by the program

        Allocated    3.00 KiB (3,072 bytes)
        Objects      3
        JVM's count  4.00 KiB (4,096 bytes)
        Coverage     75.0 %
        Peak live    unknown
        Surviving    unknown
        Temporary    unknown
        Off-heap     none recorded
        GCs          2
        Samples      7
        Agent CPU    unknown
        Agent memory unknown

        Largest allocation sites
          3.00 KiB  100.0 %             3 x byte[]
                          at com.acme.Job.run(Job.java:42)

        Objects by the average size at their stack
          3.00 KiB  100.0 %             3 x 1.00 KiB to 2.00 KiB
        """,
        text(recording.finish(1_500, 4_096, 2)));
  }

  @Test
  void liveFiguresAndSitesOfAMetricAreReadable() throws IOException {
    TestRecording recording = TestRecording.create(file());
    int stack = recording.stack(TestRecording.frame("com.acme.Cache.fill", 9));
    recording.allocation(stack, "byte[]", 4, 8_192).peak(stack, "byte[]", 2, 4_096).survivors();
    recording.offHeap(stack, "direct", 2, 2_048, 1, 1_024);
    recording.facts(List.of(), List.of(), List.of(), new AgentCost(12_345_678, 65_536, 1 << 20));
    String text = text(recording.finish(1_500, 8_192, 3), Metric.PEAK);
    assertEquals(
        """
        Peak live    4.00 KiB (4,096 bytes) in 2 objects, at GC 2 (G1 Old) after 800 ms
        Surviving    0 B (0 bytes) in 0 objects, at GC 3 (G1 Old) after 1.4 s
        Temporary    unknown
        Off-heap     2.00 KiB (2,048 bytes) taken, 1.00 KiB (1,024 bytes) still held, 1.00 KiB at most
        GCs          3
        Samples      7
        Agent CPU    12 ms
        Agent memory 64.0 KiB (65,536 bytes), 1.00 MiB at most

        Largest allocation sites by bytes live at peak
          4.00 KiB  100.0 %             2 x byte[]
                          at com.acme.Cache.fill(Cache.java:9)

        Objects by the average size at their stack
          4.00 KiB  100.0 %             2 x 2.00 KiB to 4.00 KiB
        """,
        text.substring(text.indexOf("Peak live")));
  }

  @Test
  void memoryAndAgesAreReadable() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.facts(
        List.of(),
        List.of(new MemorySample(10, 2_048, -1, 70, -1, -1, -1)),
        List.of(new Lifetime(0, 0, 3, 96), new Lifetime(1, 0, 1, 32)),
        new AgentCost(1, 1, 1));
    String text = text(recording.finish(1_500, 4_096, 2));
    assertEquals(
        """
        Memory of the process while the scope was open
          2.00 KiB at most,   2.00 KiB at least  Resident, most after 10 ms
              70 B at most,       70 B at least  Heap used, most after 10 ms

        Objects that died, by garbage collections survived
              96 B   75.0 %             3 x 0 GCs
              32 B   25.0 %             1 x 1 GC

        Objects that died, by age
             128 B  100.0 %             4 x 0 ms to 2 ms
        """,
        text.substring(text.indexOf("Memory of the process")));
  }

  @Test
  void partsOfMemoryAreListedAtFirstAtMostAndAtLast() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.facts(
        List.of(),
        List.of(
            new MemorySample(10, 2_048, 2_048, 70, 1_024, 0, 100),
            new MemorySample(20, 9_216, 9_216, 70, 1_024, 0, 100),
            new MemorySample(30, 4_096, 4_096, 70, 1_024, 0, 100)),
        List.of(),
        new AgentCost(1, 1, 1));
    recording.parts(
        new MemoryParts(10, 24, 3, -1, -1, -1, 0, 0),
        new MemoryParts(20, 24, 4, -1, -1, 7_000, 0, 0),
        new MemoryParts(30, 24, 3, -1, -1, -1, 0, 0));
    String text = text(recording.finish(1_500, 4_096, 2));
    String section = text.substring(text.indexOf("What the memory"));
    assertEquals(
        """
        What the memory of the process was: at first, when most was resident, at last
             10 ms       20 ms       30 ms  after the scope was opened
          2.00 KiB    9.00 KiB    4.00 KiB  Resident
          1.00 KiB    1.00 KiB    1.00 KiB    Heap committed
             100 B       100 B       100 B    Metaspace
              24 B        24 B        24 B    Code cache
               0 B         0 B         0 B    Direct buffers
           unknown    6.84 KiB     unknown    malloc, sampled
               0 B         0 B         0 B    Mapped files
               0 B         0 B         0 B    Shared memory
             900 B     1.04 KiB    2.88 KiB    Rest, at least
                 3           4           3  Number of threads
        """
            .replaceAll(" +", " "),
        section.replaceAll(" +", " "));
  }

  @Test
  void metricWithoutAnyBytesSaysSo() throws IOException {
    String text = text(TestRecording.create(file()).survivors().finish(1, 1, 3), Metric.SURVIVING);
    assertTrue(text.endsWith("\nNothing of the scope survived.\n"), text);
  }

  @Test
  void unknownFiguresAndCaveatsAreSaidInWords() throws IOException {
    String text = text(TestRecording.create(file()).abandon());
    assertTrue(text.contains("\nDuration     unknown\nEnded        not cleanly\n"), text);
    assertTrue(text.contains("\nCoverage     unknown\n"), text);
    assertTrue(text.contains("\nNothing was recorded: the scope has allocated nothing"), text);
    assertTrue(text.contains("\nCaveat: This recording did not end cleanly: "), text);
  }

  @Test
  void namesCannotDriveTheTerminal() throws IOException {
    TestRecording recording = TestRecording.create(file(), "\u001b]0;x\u0007", Map.of("k\n", "v"));
    String text = text(recording.note("a\u001b[2J").finish(1, 1, 0));
    assertEquals(-1, text.indexOf('\u001b'));
    assertTrue(text.startsWith("Scope        \\u001b]0;x\\u0007\n"), text);
  }

  private Path file() {
    return directory.resolve("test.heaplight");
  }

  private static String text(Path file) throws IOException {
    return text(file, Metric.ALLOCATED);
  }

  private static String text(Path file, Metric metric) throws IOException {
    StringBuilder out = new StringBuilder();
    MetricView view = MetricView.of(RecordingModel.read(file), metric).orElseThrow();
    StatsText.write(Stats.of(view, Stats.TOP_SITES), out);
    return out.toString();
  }
}
