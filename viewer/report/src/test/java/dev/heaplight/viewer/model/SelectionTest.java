package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
  private static final List<Pattern> NONE = List.of();

  @TempDir Path directory;
  private MetricView view;

  @BeforeEach
  void read() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    int job =
        recording.stack(TestRecording.frame("Job.run", 1), TestRecording.frame("Lib.copy", 2));
    int other = recording.stack(TestRecording.frame("Other.run", 1));
    recording.allocation(job, "byte[]", 1, 1);
    recording.allocation(other, "byte[]", 1, 2);
    recording.allocation(job, "int[]", 1, 4);
    recording.allocation(job, "byte[]", recording.thread(2, "worker-7"), 1, 8);
    recording.allocation(0, "byte[]", 1, 16);
    view = MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
  }

  @Test
  void everythingIsSelectedWithoutPatterns() {
    assertTrue(Selection.ALL.isAll());
    assertEquals(31, selected(Selection.ALL));
  }

  @Test
  void patternsAreFoundAnywhereInTheName() {
    assertEquals(8, selected(new Selection(patterns("er-\\d"), NONE, NONE, NONE)));
    assertEquals(4, selected(new Selection(NONE, patterns("^int"), NONE, NONE)));
    assertEquals(13, selected(new Selection(NONE, NONE, patterns("Job"), NONE)));
    assertEquals(18, selected(new Selection(NONE, NONE, NONE, patterns("copy$"))));
  }

  @Test
  void anyOfAListMayMatchAndAllListsMust() {
    assertEquals(15, selected(new Selection(NONE, NONE, patterns("Job", "Other"), NONE)));
    assertEquals(16, selected(new Selection(NONE, NONE, NONE, patterns("Job", "Other"))));
    assertEquals(9, selected(new Selection(NONE, patterns("byte"), patterns("Job"), NONE)));
    assertEquals(0, selected(new Selection(NONE, NONE, patterns("Job"), patterns("Lib"))));
  }

  @Test
  void viewSaysWhatWasSelected() {
    Selection selection = new Selection(patterns("a", "b"), NONE, NONE, patterns("c"));
    assertEquals(
        List.of("Only threads named a or b.", "Only stacks not through c."),
        view.select(selection).caveats());
  }

  private long selected(Selection selection) {
    return view.select(selection).totals().totalBytes();
  }

  private static List<Pattern> patterns(String... texts) {
    return Stream.of(texts).map(Pattern::compile).toList();
  }
}
