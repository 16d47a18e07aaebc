package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBreakdownTest {
  private static final long UNKNOWN = Progress.UNKNOWN;
  private static final AgentCost COST = new AgentCost(1, 1, 1);

  @TempDir private Path directory;

  private TestRecording recording;

  @BeforeEach
  void create() throws IOException {
    recording = TestRecording.create(directory.resolve("test.heaplight"));
  }

  @Test
  void restIsWhatNoPartExplains() throws IOException {
    recording.facts(
        List.of(),
        List.of(
            new MemorySample(10, 1_000, 900, 50, 300, 40, 30),
            new MemorySample(20, 2_000, 1_900, 50, 300, 40, 30)),
        List.of(),
        COST);
    recording.parts(
        new MemoryParts(10, 20, 7, 5, 100, 60, 90, 10),
        new MemoryParts(20, 20, 8, UNKNOWN, UNKNOWN, 1_060, 90, 10));
    List<MemoryBreakdown> all = breakdowns();
    assertEquals(
        new MemoryBreakdown(
            10,
            1_000,
            7,
            Map.of(
                MemoryPart.HEAP, 300L,
                MemoryPart.METASPACE, 30L,
                MemoryPart.CODE_CACHE, 20L,
                MemoryPart.THREADS, 5L,
                MemoryPart.JVM, 100L,
                MemoryPart.DIRECT, 40L,
                MemoryPart.MALLOC, 60L,
                MemoryPart.MAPPED_FILES, 90L,
                MemoryPart.SHARED, 10L),
            1_000 - 655),
        all.get(0));
    assertEquals(2_000 - 1_550, all.get(1).restBytes());
    assertEquals(7, all.get(1).parts().size());
  }

  @Test
  void heapThatIsCommittedAndNotTouchedLeavesNoRest() throws IOException {
    recording.facts(
        List.of(), List.of(new MemorySample(10, 500, 500, 50, 800, 0, 0)), List.of(), COST);
    recording.parts(new MemoryParts(10, 0, 1, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0));
    assertEquals(0, breakdowns().get(0).restBytes());
  }

  @Test
  void heapInSharedMemoryCountsOnce() throws IOException {
    recording.facts(
        List.of(), List.of(new MemorySample(10, 2_700, 1_000, 50, 800, 0, 0)), List.of(), COST);
    recording.parts(new MemoryParts(10, 0, 1, UNKNOWN, UNKNOWN, UNKNOWN, 100, UNKNOWN));
    MemoryBreakdown at = breakdowns().get(0);
    assertEquals(null, at.parts().get(MemoryPart.SHARED));
    assertEquals(1_000 - 800, at.restBytes(), "what is neither heap nor a mapped file");
  }

  @Test
  void withoutResidentSetThereIsNone() throws IOException {
    recording.facts(
        List.of(), List.of(new MemorySample(10, UNKNOWN, 1, 1, 1, 1, 1)), List.of(), COST);
    recording.parts(new MemoryParts(10, 1, 1, 1, 1, 1, 1, 1));
    assertEquals(List.of(), breakdowns());
  }

  private List<MemoryBreakdown> breakdowns() throws IOException {
    return MemoryBreakdown.of(RecordingModel.read(recording.finish(1_500, 128, 2)).memory());
  }
}
