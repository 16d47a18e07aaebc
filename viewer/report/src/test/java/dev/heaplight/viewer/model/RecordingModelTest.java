package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingModelTest {
  private static final String NOT_CLEAN =
      "This recording did not end cleanly: the worker still runs or was killed; at most the last"
          + " flush is missing.";

  @TempDir Path directory;

  @Test
  void slicesAreSummedUpByStackClassAndThread() throws IOException {
    TestRecording recording = recording();
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 42));
    int other = recording.thread(2, "worker");
    recording.allocation(stack, "byte[]", 1, 100).flush(1_000, 400, 1);
    recording.allocation(stack, "byte[]", 2, 200).allocation(stack, "byte[]", other, 3, 50);
    RecordingModel model = RecordingModel.read(recording.finish(2_500, 700, 2));
    assertEquals(2, model.totals().rows());
    assertEquals(300, model.totals().bytes(0));
    assertEquals(3, model.totals().objects(0));
    assertEquals(350, model.totals().totalBytes());
    assertEquals(6, model.totals().totalObjects());
  }

  @Test
  void cleanRecordingHasAllFiguresAndNoCaveat() throws IOException {
    TestRecording recording = recording();
    recording.allocation("byte[]", 1, 350);
    RecordingModel model = RecordingModel.read(recording.finish(2_500, 700, 2));
    assertTrue(model.complete());
    assertEquals(OptionalLong.of(2_500), model.durationMillis());
    assertEquals(OptionalLong.of(700), model.jvmAllocatedBytes());
    assertEquals(OptionalDouble.of(0.5), model.coverage());
    assertEquals(OptionalLong.of(2), model.gcCount());
    assertEquals(List.of(), model.caveats());
  }

  @Test
  void figuresAreEmptyBeforeTheFirstFlush() throws IOException {
    RecordingModel model = RecordingModel.read(recording().abandon());
    assertFalse(model.complete());
    assertEquals(OptionalLong.empty(), model.durationMillis());
    assertEquals(OptionalLong.empty(), model.jvmAllocatedBytes());
    assertEquals(OptionalLong.empty(), model.gcCount());
    assertEquals(OptionalLong.empty(), model.samples());
    assertEquals(OptionalDouble.empty(), model.coverage());
    assertEquals(List.of(NOT_CLEAN), model.caveats());
  }

  @Test
  void figuresTheJvmDoesNotKnowAreEmpty() throws IOException {
    Path file = recording().finish(5, Progress.UNKNOWN, Progress.UNKNOWN);
    RecordingModel model = RecordingModel.read(file);
    assertEquals(OptionalLong.empty(), model.jvmAllocatedBytes());
    assertEquals(OptionalLong.empty(), model.gcCount());
    assertEquals(OptionalDouble.empty(), model.coverage());
  }

  @Test
  void coverageOfNothingIsNotKnown() throws IOException {
    RecordingModel model = RecordingModel.read(recording().finish(5, 0, 0));
    assertEquals(OptionalLong.of(0), model.jvmAllocatedBytes());
    assertEquals(OptionalDouble.empty(), model.coverage());
  }

  @Test
  void notesBecomeCaveatsInTheirOrder() throws IOException {
    TestRecording recording = recording().note("first").flush(1, 1, 0).note("second");
    RecordingModel model = RecordingModel.read(recording.finish(2, 2, 0));
    assertEquals(List.of("first", "second"), model.caveats());
  }

  @Test
  void truncatedTailIsLeftOutAndSaid() throws IOException {
    TestRecording recording = recording();
    recording.allocation("byte[]", 1, 100).flush(1_000, 400, 1);
    Path file = recording.allocation("byte[]", 1, 100).finish(2_000, 400, 1);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 3));
    RecordingModel model = RecordingModel.read(cut);
    assertFalse(model.complete());
    assertEquals(200, model.totals().totalBytes());
    assertEquals(OptionalLong.of(2_000), model.durationMillis());
    assertEquals(
        List.of(
            NOT_CLEAN,
            "The file ends inside a block: its last "
                + model.outcome().truncatedBytes()
                + " bytes were left out."),
        model.caveats());
  }

  private TestRecording recording() throws IOException {
    return TestRecording.create(directory.resolve("test.heaplight"));
  }
}
