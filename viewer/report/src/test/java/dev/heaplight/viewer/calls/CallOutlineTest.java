package dev.heaplight.viewer.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TreeShape;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallOutlineTest {
  @TempDir Path directory;

  @Test
  void everythingIsPrintedLargestFirst() throws IOException {
    assertEquals(
        """
           Bytes    Share  Objects  Allocated
          1000 B  100.0 %       14  all allocations
          1000 B  100.0 %       14  a.Main.main:1
           900 B   90.0 %       12  ├─ a.Big.run:2
           900 B   90.0 %       12  │  a.Big.loop:3
           880 B   88.0 %       10  │  ├─ byte[]
            20 B    2.0 %        2  │  └─ char[]
           100 B   10.0 %        2  └─ a.Small.run:4
            95 B    9.5 %        1     ├─ long[]
             5 B    0.5 %        1     └─ int[]
        """,
        text(0, TreeShape.PLAIN));
  }

  @Test
  void smallNodesAreSummedUpBelowTheirCaller() throws IOException {
    assertEquals(
        """
        Bytes    Share  Objects  Allocated
        1,000  100.0 %       14  all allocations
        1,000  100.0 %       14  a.Main.main:1
          900   90.0 %       12  ├─ a.Big.run:2
          900   90.0 %       12  │  a.Big.loop:3
          880   88.0 %       10  │  ├─ byte[]
           20    2.0 %        2  │  └─ [1 node below 20.0 %]
          100   10.0 %        2  └─ [3 nodes below 20.0 %]
        """,
        exact(0.2));
  }

  @Test
  void shapesApply() throws IOException {
    String text = text(0.2, new TreeShape(true, true, Integer.MAX_VALUE));
    assertEquals(
        """
          1000 B  100.0 %       14  all allocations
          1000 B  100.0 %       14  [thread main]
           880 B   88.0 %       10  ├─ byte[]
           880 B   88.0 %       10  │  a.Big.loop:3
           880 B   88.0 %       10  │  a.Big.run:2
           880 B   88.0 %       10  │  a.Main.main:1
           120 B   12.0 %        4  └─ [10 nodes below 20.0 %]
        """,
        text.substring(text.indexOf('\n') + 1));
  }

  @Test
  void leavingOutChangesNoSum() throws IOException {
    Path file = directory.resolve("realistic.heaplight");
    RealisticRecording.create(file, 2_000, 7).finish(1, 1, 0);
    MetricView view = MetricView.allocated(RecordingModel.read(file));
    for (double min : new double[] {0, 0.0001, 0.003, 0.1, 1}) {
      CallOutline outline = CallOutline.of(view, min);
      assertEquals(view.totals().totalBytes(), outline.bytes(0));
      long leaves = 0;
      int nodes = 0;
      for (int row = 0; row < outline.size(); row++) {
        leaves += outline.isLeaf(row) ? outline.bytes(row) : 0;
        nodes += Math.max(1, outline.leftOutNodes(row));
      }
      assertEquals(view.totals().totalBytes(), leaves, "min=" + min);
      assertEquals(CallOutline.of(view, 0).size(), nodes, "min=" + min);
    }
  }

  private String text(double min, TreeShape shape) throws IOException {
    StringBuilder out = new StringBuilder();
    MetricView view = view().shaped(shape);
    CallText.write(CallOutline.of(view, min), view, false, out);
    return out.toString();
  }

  private String exact(double min) throws IOException {
    StringBuilder out = new StringBuilder();
    MetricView view = view();
    CallText.write(CallOutline.of(view, min), view, true, out);
    return out.toString();
  }

  private MetricView view() throws IOException {
    return MetricView.allocated(RecordingModel.read(sample(directory)));
  }

  static Path sample(Path directory) throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    var main = TestRecording.frame("a.Main.main", 1);
    int big =
        recording.stack(
            main, TestRecording.frame("a.Big.run", 2), TestRecording.frame("a.Big.loop", 3));
    int small = recording.stack(main, TestRecording.frame("a.Small.run", 4));
    recording.allocation(big, "byte[]", 10, 880).allocation(big, "char[]", 2, 20);
    recording.allocation(small, "long[]", 1, 95).allocation(small, "int[]", 1, 5);
    return recording.finish(1, 1, 0);
  }
}
