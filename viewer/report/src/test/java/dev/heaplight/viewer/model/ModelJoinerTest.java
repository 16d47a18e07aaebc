package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.export.CollapsedStacks;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelJoinerTest {
  @TempDir Path directory;
  private int files;

  @Test
  void oneRecordingStaysAsItIs() throws IOException {
    RecordingModel one = recording("a", 1, 16);
    assertSame(one, joined(one));
  }

  @Test
  void nothingCannotBeJoined() {
    assertThrows(IllegalStateException.class, () -> new ModelJoiner().model(directory));
  }

  @Test
  void figuresAddUpInAnyOrder() throws IOException {
    RecordingModel one = recording("a", 1, 16);
    RecordingModel two = recording("b", 2, 32);
    RecordingModel three = recording("a", 4, 64);
    String text = collapsed(joined(one, two, three));
    assertEquals("com.acme.Job.a:1;byte[] 80\ncom.acme.Job.b:1;byte[] 32\n", text);
    assertEquals(text, collapsed(joined(three, two, one)));
    RecordingModel all = joined(two, three, one);
    assertEquals(3, all.recordings());
    assertEquals(7, all.totals().totalObjects());
    assertEquals(384, all.jvmAllocatedBytes().getAsLong());
    assertEquals(6, all.gcCount().getAsLong());
    assertEquals(112, all.live(LiveKind.PEAK).orElseThrow().totals().totalBytes());
    assertEquals("3", all.header().attributes().get("Recordings"));
  }

  @Test
  void joinedModelsJoinAgain() throws IOException {
    RecordingModel one = recording("a", 1, 16);
    RecordingModel two = recording("b", 2, 32);
    RecordingModel three = recording("c", 4, 64);
    RecordingModel left = joined(joined(one, two), three);
    RecordingModel right = joined(one, joined(two, three));
    assertEquals(collapsed(left), collapsed(right));
    assertEquals(3, left.recordings());
    assertEquals(3, right.recordings());
  }

  @Test
  void unfinishedPartsAreNamed() throws IOException {
    TestRecording growing = TestRecording.create(directory.resolve("growing.heaplight"));
    RecordingModel all = joined(recording("a", 1, 16), RecordingModel.read(growing.abandon()));
    assertFalse(all.complete());
    assertEquals(
        List.of(
            "These are 2 recordings added up. Live figures add up each one's own, which need not"
                + " have been at the same time.",
            "1 of them did not end cleanly.",
            "1 of them have no figures of what was live at peak; those sums are of the other 1."),
        all.caveats());
  }

  private RecordingModel recording(String method, long objects, long bytes) throws IOException {
    TestRecording recording =
        TestRecording.create(directory.resolve("r-" + files++ + ".heaplight"));
    int stack = recording.stack(TestRecording.frame("com.acme.Job." + method, 1));
    recording.allocation(stack, "byte[]", objects, bytes);
    recording.live(TestRecording.PEAK, stack, "byte[]", objects, bytes);
    return RecordingModel.read(recording.finish(1_500, 128, 2));
  }

  private RecordingModel joined(RecordingModel... models) {
    ModelJoiner joiner = new ModelJoiner();
    List.of(models).forEach(joiner::add);
    return joiner.model(directory);
  }

  private static String collapsed(RecordingModel model) throws IOException {
    StringBuilder out = new StringBuilder();
    CollapsedStacks.write(MetricView.allocated(model), out);
    return out.toString();
  }
}
