package dev.heaplight.viewer.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final Comparison.Options EXACT = new Comparison.Options(false, false);

  @TempDir Path directory;
  private TestRecording base;
  private TestRecording now;

  @BeforeEach
  void create() throws IOException {
    base = TestRecording.create(directory.resolve("base.heaplight"));
    now = TestRecording.create(directory.resolve("now.heaplight"));
    allocation(base, "Job.run", 1, "byte[]", 100);
    allocation(now, "Job.other", 1, "int[]", 7); // so that numbers differ
    allocation(now, "Job.run", 1, "byte[]", 100);
  }

  @Test
  void largestGrowthComesFirst() throws IOException {
    allocation(now, "Job.leak", 5, "byte[]", 1_000);
    allocation(base, "Job.gone", 6, "byte[]", 5_000);
    Comparison comparison = compare(EXACT);
    assertEquals(3, comparison.changes().size());
    assertEquals("Job.leak(Job.java:5)", comparison.changes().get(0).frames().get(0));
    assertEquals(1_000, comparison.changes().get(0).bytes());
    assertEquals(-5_000, comparison.changes().get(2).bytes());
    assertEquals(
        """
        Bytes allocated
          base  4.98 KiB (5,100 bytes)
          new   1.08 KiB (1,107 bytes)
          more  -3.90 KiB

        Grew
             +1000 B  byte[], new
                      at Job.leak(Job.java:5)
          and 1 more stacks, +7 B

        Shrank
           -4.88 KiB  byte[], gone
                      at Job.gone(Job.java:6)
        """,
        text(comparison, 1));
  }

  @Test
  void sameRecordingsDoNotDiffer() throws IOException {
    allocation(base, "Job.other", 1, "int[]", 7);
    Comparison comparison = compare(EXACT);
    assertEquals(0, comparison.changes().size());
    assertTrue(text(comparison, 10).endsWith("\nNothing changed.\n"));
  }

  @Test
  void movedLinesAreTheSameWhereLinesAreIgnored() throws IOException {
    allocation(base, "Job.other", 99, "int[]", 7);
    MetricView before = view(base);
    MetricView after = view(now);
    assertEquals(2, Comparison.of(before, after, EXACT).changes().size());
    Comparison.Options ignoringLines = new Comparison.Options(true, false);
    assertEquals(0, Comparison.of(before, after, ignoringLines).changes().size());
  }

  @Test
  void normalisedBaseHasTheSameTotal() throws IOException {
    allocation(base, "Job.other", 1, "int[]", 114);
    Comparison comparison = compare(new Comparison.Options(false, true));
    assertEquals(0.5, comparison.scale());
    assertEquals(50, comparison.changes().get(0).bytes());
    assertEquals(-50, comparison.changes().get(1).bytes());
  }

  @Test
  void jsonListsBothEnds() throws IOException {
    allocation(now, "Job.leak", 5, "byte[]", 1_000);
    allocation(base, "Job.gone", 6, "byte[]", 5_000);
    StringBuilder out = new StringBuilder();
    new ComparisonReport(compare(EXACT), 1).writeJson(out);
    assertEquals(
        "{\"metric\":\"allocated\",\"baseBytes\":5100,\"newBytes\":1107,\"scale\":1.0,"
            + "\"changedStacks\":3,\"changes\":["
            + "{\"class\":\"byte[]\",\"baseBytes\":0,\"newBytes\":1000,\"baseObjects\":0,"
            + "\"newObjects\":1,\"frames\":[\"Job.leak(Job.java:5)\"]},"
            + "{\"class\":\"byte[]\",\"baseBytes\":5000,\"newBytes\":0,\"baseObjects\":1,"
            + "\"newObjects\":0,\"frames\":[\"Job.gone(Job.java:6)\"]}]}\n",
        out.toString());
  }

  private static void allocation(
      TestRecording recording, String method, int line, String className, long bytes) {
    recording.allocation(className, 1, bytes, TestRecording.frame(method, line));
  }

  private Comparison compare(Comparison.Options options) throws IOException {
    return Comparison.of(view(base), view(now), options);
  }

  private static MetricView view(TestRecording recording) throws IOException {
    return MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
  }

  private static String text(Comparison comparison, int top) throws IOException {
    StringBuilder out = new StringBuilder();
    new ComparisonReport(comparison, top).writeText(out);
    return out.toString();
  }
}
