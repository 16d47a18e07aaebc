package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Frame;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recording that has some of everything that a page shows. */
final class PageSample {
  static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 7);
  static final Frame RUN = TestRecording.frame("com.acme.Job.run", 42);
  static final Frame GROW = TestRecording.frame("java.util.ArrayList.grow", 5);
  static final Frame SPRING = TestRecording.frame("org.springframework.Proxy.call", 9);
  static final LiveHeader TEMPORARY = new LiveHeader(LiveKind.TEMPORARY, 900, 2, "G1 Old", 5);

  private PageSample() {}

  /** Two slices of time, two threads, a peak, survivors, off-heap memory and a plot. */
  static Path everything(Path file) throws IOException {
    TestRecording recording = TestRecording.create(file);
    int run = recording.stack(MAIN, RUN);
    int grow = recording.stack(MAIN, SPRING, RUN, GROW);
    int io = recording.thread(77, "io");
    recording.allocation(run, "byte[]", 4, 3_072);
    recording.allocation(grow, "java.lang.Object[]", 2, 1_024);
    recording.allocation(recording.stack(MAIN), "char[]", io, 8, 2_048);
    recording.offHeap(run, "direct", 2, 8_192, 1, 4_096);
    recording.flush(1_000, 6_144, 1);
    recording.allocation(
        recording.stack(MAIN, TestRecording.frame("com.acme.Job.end", 43)), "int[]", 16, 512);
    recording.peak(run, "byte[]", 3, 3_072);
    recording.live(TestRecording.SURVIVORS, run, "byte[]", 1, 1_024);
    recording.live(TEMPORARY, grow, "java.lang.Object[]", 1, 512);
    recording.facts(
        List.of(new GcPoint(800, "G1 Old", 3, 3, 3_072), new GcPoint(1_500, "G1 Old", 3, 1, 1_024)),
        List.of(
            new MemorySample(0, 90_000_000, 80_000_000, 10_000_000, 64_000_000, 0, 5_000_000),
            new MemorySample(1_900, 99_000_000, 89_000_000, 30_000_000, 64_000_000, 4_096, 1)),
        List.of(),
        new AgentCost(7_000_000, 3_000_000, 64_000_000));
    long unknown = Progress.UNKNOWN;
    recording.parts(
        new MemoryParts(0, 4_000_000, 20, unknown, unknown, 1_000_000, 9_000_000, 0),
        new MemoryParts(1_900, 4_000_000, 20, unknown, unknown, 40_000_000, 9_000_000, 0));
    return recording.finish(2_000, 6_656, 2);
  }
}
