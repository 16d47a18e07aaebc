package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Afterword;
import dev.heaplight.format.AgentCost;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.LiveSnapshot;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model knows beside allocations. */
class MemoryFiguresTest {
  private static final LiveHeader LATER = new LiveHeader(LiveKind.SURVIVORS, 9_000, 7, "G1 Old", 1);

  @TempDir Path directory;
  private Path file;
  private TestRecording recording;
  private int stack;

  @BeforeEach
  void createRecording() throws IOException {
    file = directory.resolve("test.heaplight");
    recording = TestRecording.create(file);
    stack = recording.stack(TestRecording.frame("com.acme.Cache.fill", 9));
  }

  @Test
  void recordingOfAllocationsAloneKnowsNothingElse() throws IOException {
    recording.allocation(stack, "byte[]", 1, 16);
    RecordingModel model = finished();
    for (Metric metric : Metric.values()) {
      assertEquals(metric == Metric.ALLOCATED, MetricView.of(model, metric).isPresent());
    }
    assertEquals(Optional.empty(), model.offHeap());
    assertEquals(OptionalLong.empty(), model.agentCpuNanos());
    assertEquals(OptionalLong.empty(), model.agentMemoryBytes());
    assertEquals(OptionalLong.empty(), model.agentMemoryLimitBytes());
    assertEquals(List.of(), model.memory().collections());
    assertEquals(List.of(), model.memory().memory());
    assertEquals(List.of(), model.memory().lifetimes());
    assertEquals(List.of(), model.caveats());
  }

  @Test
  void laterCompositionReplacesTheOneOfItsKind() throws IOException {
    recording.peak(stack, "byte[]", 9, 900).survivors().flush(900, 1, 1);
    recording.peak(stack, "int[]", 2, 200);
    RecordingModel model = finished();
    MetricView peak = MetricView.of(model, Metric.PEAK).orElseThrow();
    assertEquals(200, peak.totals().totalBytes());
    assertEquals(1, peak.totals().rows());
    assertEquals("int[]", model.dictionary().string(peak.totals().className(0)));
    assertEquals(TestRecording.PEAK, peak.moment());
    MetricView survivors = MetricView.of(model, Metric.SURVIVING).orElseThrow();
    assertEquals(0, survivors.totals().rows());
    assertEquals(TestRecording.SURVIVORS, survivors.moment());
  }

  @Test
  void afterwordReplacesTheSurvivors() throws IOException {
    recording.survivors().allocation(stack, "byte[]", 1, 16);
    recording.finish(1_500, 1, 3);
    Afterword.append(file, afterword());
    RecordingModel model = RecordingModel.read(file);
    MetricView survivors = MetricView.of(model, Metric.SURVIVING).orElseThrow();
    assertEquals(640, survivors.totals().totalBytes());
    assertEquals(LATER, survivors.moment());
    assertEquals(List.of(), model.caveats());
  }

  @Test
  void truncatedAfterwordIsSaidAndLeavesTheSurvivorsAsTheyWere() throws IOException {
    recording.survivors().allocation(stack, "byte[]", 1, 16);
    recording.finish(1_500, 1, 3);
    long closedBytes = Files.size(file);
    Afterword.append(file, afterword());
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) closedBytes + 25));
    RecordingModel model = RecordingModel.read(file);
    assertTrue(model.complete());
    assertEquals(
        List.of(
            "What was added after the scope's end is cut short: the file's last 25 bytes were left"
                + " out."),
        model.caveats());
    assertEquals(
        TestRecording.SURVIVORS, MetricView.of(model, Metric.SURVIVING).orElseThrow().moment());
  }

  @Test
  void figuresWithoutACollectionAreUpperBounds() throws IOException {
    recording.live(header(LiveKind.PEAK), stack, "byte[]", 1, 16);
    recording.live(header(LiveKind.SURVIVORS), stack, "byte[]", 1, 16);
    assertEquals(
        List.of(
            "No garbage collection ran in this scope: live and surviving figures are upper"
                + " bounds."),
        finished().caveats());
  }

  @Test
  void caveatNamesOnlyTheFiguresWithoutACollection() throws IOException {
    recording.live(header(LiveKind.PEAK), stack, "byte[]", 1, 16).survivors();
    assertEquals(
        List.of("No garbage collection ran in this scope: live figures are upper bounds."),
        finished().caveats());
  }

  @Test
  void survivorsThatNoCollectionSawHoldGarbage() throws IOException {
    LiveHeader atClose = new LiveHeader(LiveKind.SURVIVORS, 1_500, 4, "", 5);
    recording.live(atClose, stack, "byte[]", 1, 16);
    assertEquals(
        List.of(
            "No garbage collection ran after the scope's end: surviving figures hold what was"
                + " allocated since the last one, dead or not. collectOnClose() tells them"
                + " apart."),
        finished().caveats());
  }

  @Test
  void offHeapMemoryIsSummedAndItsPeakIsTheHighestFlush() throws IOException {
    recording.offHeap(stack, "direct", 2, 2_000, 0, 0).flush(100, 1, 0);
    recording.offHeap(stack, "direct", 1, 500, 2, 2_000).flush(200, 1, 0);
    recording.offHeap(stack, "mapped", 1, 4_096, 1, 4_096);
    RecordingModel model = finished();
    OffHeapTotals offHeap = model.offHeap().orElseThrow();
    assertEquals(6_596, offHeap.taken().totalBytes());
    assertEquals(6_096, offHeap.freedBytes());
    assertEquals(500, offHeap.liveBytes());
    assertEquals(2_000, offHeap.peakBytes());
    assertEquals(2, MetricView.of(model, Metric.OFF_HEAP).orElseThrow().totals().rows());
    AllocationTotals live = MetricView.of(model, Metric.OFF_HEAP_LIVE).orElseThrow().totals();
    assertEquals(1, live.rows());
    assertEquals(1, live.objects(0));
    assertEquals(500, live.bytes(0));
    assertEquals("direct", model.dictionary().string(live.className(0)));
  }

  @Test
  void collectionsMemoryAgesAndCostAreKept() throws IOException {
    GcPoint collection = new GcPoint(100, "G1 Young", 5, 10, 1_000);
    MemorySample sample = new MemorySample(50, 1, 2, 3, 4, 5, 6);
    Lifetime age = new Lifetime(1, 4, 10, 160);
    recording.facts(
        List.of(collection), List.of(sample), List.of(age), new AgentCost(7, Progress.UNKNOWN, 9));
    RecordingModel model = finished();
    assertEquals(List.of(collection), model.memory().collections());
    assertEquals(List.of(sample), model.memory().memory());
    assertEquals(List.of(age), model.memory().lifetimes());
    assertEquals(OptionalLong.of(7), model.agentCpuNanos());
    assertEquals(OptionalLong.empty(), model.agentMemoryBytes());
    assertEquals(OptionalLong.of(9), model.agentMemoryLimitBytes());
  }

  private RecordingModel finished() throws IOException {
    return RecordingModel.read(recording.finish(1_500, 1, 3));
  }

  /** The recording's first stack, thread and string. */
  private static LiveSnapshot afterword() {
    return new LiveSnapshot(
        LATER, new int[] {1}, new int[1], new int[1], new long[] {4}, new long[] {640});
  }

  private static LiveHeader header(LiveKind kind) {
    return new LiveHeader(kind, 800, 0, "", 5);
  }
}
