package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
  private static final Frame RUN = TestRecording.frame("com.acme.Job.run", 42);

  @TempDir Path directory;

  @Test
  void sitesAreGroupedByInnermostFrameAndClass() throws IOException {
    TestRecording recording = recording();
    recording.allocation("byte[]", 1, 10, TestRecording.frame("com.acme.Job.main", 1), RUN);
    recording.allocation("byte[]", 2, 20, TestRecording.frame("com.acme.Job.other", 1), RUN);
    recording.allocation("int[]", 3, 25, RUN);
    recording.allocation(Dictionary.EMPTY_STACK, "int[]", 4, 5);
    assertEquals(
        List.of(
            new Site("com.acme.Job.run(Job.java:42)", "byte[]", 30, 3),
            new Site("com.acme.Job.run(Job.java:42)", "int[]", 25, 3),
            new Site("[unknown stack]", "int[]", 5, 4)),
        stats(recording).topSites());
  }

  @Test
  void onlyTheTenLargestAreListed() throws IOException {
    TestRecording recording = recording();
    for (int i = 1; i <= 12; i++) {
      recording.allocation("byte[]", 1, i, TestRecording.frame("com.acme.Job.run", i));
    }
    List<Site> sites = stats(recording).topSites();
    assertEquals(10, sites.size());
    assertEquals(12, sites.get(0).bytes());
    assertEquals(3, sites.get(9).bytes());
  }

  private TestRecording recording() throws IOException {
    return TestRecording.create(directory.resolve("test.heaplight"));
  }

  private static Stats stats(TestRecording recording) throws IOException {
    return Stats.of(
        MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), Stats.TOP_SITES);
  }
}
