package dev.heaplight.viewer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingTest {
  @TempDir Path directory;

  @Test
  void groupsAreSitesClassesPackagesOrThreads() throws IOException {
    MetricView view = view();
    assertEquals(
        List.of(
            new Group("[unknown stack]", "byte[]", 900, 1),
            new Group("Tool.go(Tool.java:3)", "byte[]", 300, 20),
            new Group("com.acme.Job.run(Job.java:42)", "byte[]", 200, 2),
            new Group("com.acme.Job.run(Job.java:42)", "char[]", 100, 4)),
        Ranking.of(view, Grouping.SITE, false).groups());
    assertEquals(
        List.of(new Group("byte[]", "", 1_400, 23), new Group("char[]", "", 100, 4)),
        Ranking.of(view, Grouping.CLASS, false).groups());
    assertEquals(
        List.of(
            new Group("[unknown stack]", "", 900, 1),
            new Group("[no package]", "", 300, 20),
            new Group("com.acme", "", 300, 6)),
        Ranking.of(view, Grouping.PACKAGE, false).groups());
    assertEquals(
        List.of(new Group("main", "", 1_200, 7), new Group("pool", "", 300, 20)),
        Ranking.of(view, Grouping.THREAD, false).groups());
  }

  @Test
  void mostObjectsComeFirstWhenAskedFor() throws IOException {
    assertEquals(
        List.of("[no package]", "com.acme", "[unknown stack]"),
        Ranking.of(view(), Grouping.PACKAGE, true).groups().stream().map(Group::name).toList());
  }

  @Test
  void objectsCountByTheAverageOfTheirRow() throws IOException {
    assertEquals(
        List.of(
            new SizeClass(8, 16, 300, 20),
            new SizeClass(16, 32, 100, 4),
            new SizeClass(64, 128, 200, 2),
            new SizeClass(512, 1_024, 900, 1)),
        SizeClass.of(view()));
  }

  private MetricView view() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    int run = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    int unpackaged = recording.stack(new Frame("Tool", "go", "Tool.java", 3));
    recording.allocation(run, "byte[]", 2, 200).allocation(run, "char[]", 4, 100);
    recording.allocation(0, "byte[]", 1, 900);
    recording.allocation(unpackaged, "byte[]", recording.thread(2, "pool"), 12, 180);
    recording.allocation(unpackaged, "byte[]", recording.thread(3, "pool"), 8, 120);
    return MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
  }
}
