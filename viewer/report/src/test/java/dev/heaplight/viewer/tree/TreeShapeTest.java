package dev.heaplight.viewer.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TreeShape;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of each shape, read as collapsed stacks. */
class TreeShapeTest {
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path directory;
  private RecordingModel model;

  @BeforeEach
  void read() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    Frame main = TestRecording.frame("Job.main", 1);
    Frame run = TestRecording.frame("Job.run", 2);
    Frame copy = TestRecording.frame("Lib.copy", 3);
    int worker = recording.thread(2, "worker");
    int deep = recording.stack(main, run, copy);
    int shallow = recording.stack(copy);
    recording.allocation(deep, "byte[]", 1, 10);
    recording.allocation(shallow, "byte[]", 1, 20);
    recording.allocation(deep, "byte[]", worker, 1, 40);
    recording.allocation(recording.stack(main), "int[]", worker, 1, 80);
    recording.allocation(0, "byte[]", 1, 160);
    model = RecordingModel.read(recording.finish(1, 1, 0));
  }

  @Test
  void plainTreeHasCallersFirst() throws IOException {
    assertShape(
        TreeShape.PLAIN,
        """
        Job.main:1;Job.run:2;Lib.copy:3;byte[] 50
        Job.main:1;int[] 80
        Lib.copy:3;byte[] 20
        [unknown stack];byte[] 160
        """);
  }

  @Test
  void invertedTreeHasClassesFirst() throws IOException {
    assertShape(
        new TreeShape(true, false, ALL),
        """
        byte[];Lib.copy:3 20
        byte[];Lib.copy:3;Job.run:2;Job.main:1 50
        byte[];[unknown stack] 160
        int[];Job.main:1 80
        """);
  }

  @Test
  void threadsAreTheFirstLevelWhenSplit() throws IOException {
    assertShape(
        new TreeShape(false, true, ALL),
        """
        [thread main];Job.main:1;Job.run:2;Lib.copy:3;byte[] 10
        [thread main];Lib.copy:3;byte[] 20
        [thread main];[unknown stack];byte[] 160
        [thread worker];Job.main:1;Job.run:2;Lib.copy:3;byte[] 40
        [thread worker];Job.main:1;int[] 80
        """);
  }

  @Test
  void deeperFramesAreSummedUpWhereTheyWereLeftOut() throws IOException {
    assertShape(
        new TreeShape(false, false, 1),
        """
        Job.main:1;[deeper frames];byte[] 50
        Job.main:1;int[] 80
        Lib.copy:3;byte[] 20
        [unknown stack];byte[] 160
        """);
    assertShape(
        new TreeShape(true, false, 2),
        """
        byte[];Lib.copy:3 20
        byte[];Lib.copy:3;Job.run:2;[deeper frames] 50
        byte[];[unknown stack] 160
        int[];Job.main:1 80
        """);
  }

  @Test
  void depthBelowOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TreeShape(false, false, 0));
  }

  private void assertShape(TreeShape shape, String expected) throws IOException {
    StringBuilder out = new StringBuilder();
    CollapsedStacks.write(MetricView.allocated(model).shaped(shape), out);
    assertEquals(expected, out.toString());
  }
}
