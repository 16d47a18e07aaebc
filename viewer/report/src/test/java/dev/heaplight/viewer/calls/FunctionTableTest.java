package dev.heaplight.viewer.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.calls.FunctionTable.Order;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionTableTest {
  private static final Frame MAIN = TestRecording.frame("a.Main.main", 1);
  private static final Frame WALK = TestRecording.frame("a.Tree.walk", 2);
  private static final Frame WALK_DEEPER = TestRecording.frame("a.Tree.walk", 3);
  private static final Frame VISIT = TestRecording.frame("a.Tree.visit", 4);

  @TempDir Path directory;
  private int made;

  @Test
  void recursionCountsOnce() throws IOException {
    assertEquals(
        List.of(
            new Function("a.Tree.walk", 600, 4, 1_000, 14),
            new Function("a.Tree.visit", 400, 10, 1_000, 14),
            new Function("[unknown stack]", 50, 20, 50, 20),
            new Function("a.Main.main", 0, 0, 1_000, 14)),
        FunctionTable.of(view()).sorted(Order.OWN));
  }

  @Test
  void orderIsByTotalOrObjectsWhenAskedFor() throws IOException {
    assertEquals(
        List.of("a.Main.main", "a.Tree.visit", "a.Tree.walk", "[unknown stack]"),
        names(Order.TOTAL));
    assertEquals(
        List.of("[unknown stack]", "a.Tree.visit", "a.Tree.walk", "a.Main.main"),
        names(Order.OBJECTS));
  }

  @Test
  void whatIsNotListedIsSummedUp() throws IOException {
    StringBuilder out = new StringBuilder();
    FunctionText.write(view(), Order.OWN, 1, true, out);
    assertEquals(
        """
              Own    Share  Own+below    Share   Objects  Function
              600   57.1 %      1,000   95.2 %         4  a.Tree.walk
              450   42.9 %                            30  [3 more, see --top]
            1,050  100.0 %                            34  [all allocations]
        """,
        out.toString());
  }

  @Test
  void functionOutsideOfJavaHasNoMethod() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("native.heaplight"));
    recording.allocation("byte[]", 1, 8, new Frame("libjvm.so", "", "", Frame.NATIVE_LINE));
    MetricView view = MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
    assertEquals(
        List.of(new Function("libjvm.so", 8, 1, 8, 1)), FunctionTable.of(view).sorted(Order.OWN));
  }

  private List<String> names(Order order) throws IOException {
    return FunctionTable.of(view()).sorted(order).stream().map(Function::name).toList();
  }

  private MetricView view() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve(made++ + ".heaplight"));
    recording.allocation("byte[]", 4, 600, MAIN, WALK, VISIT, WALK_DEEPER);
    recording.allocation("byte[]", 10, 400, MAIN, WALK, VISIT, WALK_DEEPER, VISIT);
    recording.allocation(0, "byte[]", 20, 50);
    return MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
  }
}
