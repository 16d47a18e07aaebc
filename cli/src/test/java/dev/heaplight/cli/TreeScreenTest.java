package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.calls.CallBrowser;
import dev.heaplight.viewer.calls.CallOutline;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeScreenTest {
  @TempDir Path directory;

  @Test
  void keysAreUnderstoodAsTerminalsSendThem() throws IOException {
    assertEquals(
        List.of(
            TreeKey.UP,
            TreeKey.DOWN,
            TreeKey.OPEN,
            TreeKey.CLOSE,
            TreeKey.PAGE_UP,
            TreeKey.PAGE_DOWN,
            TreeKey.HOME,
            TreeKey.END,
            TreeKey.UP,
            TreeKey.OTHER,
            TreeKey.SEARCH,
            TreeKey.QUIT,
            TreeKey.QUIT),
        keys(
            "\u001b[A\u001bOB\u001b[C\u001b[D\u001b[5~\u001b[6~\u001b[1~\u001b[F\u001b[1;5A\u001b[3~/\u0003"));
  }

  private static List<TreeKey> keys(String typed) throws IOException {
    List<TreeKey> keys = new ArrayList<>();
    try (NonBlockingReader reader = NonBlocking.nonBlocking("typed", new StringReader(typed))) {
      int c;
      do {
        c = reader.read(1_000L);
        keys.add(TreeKey.of(c, reader));
      } while (c >= 0);
    }
    return keys;
  }

  @Test
  void everyLineFitsHoweverNarrowTheScreen() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    recording.allocation(
        "com.acme.注文", 3, 96, TestRecording.frame("com.acme.\u001b[2J注文注文注文.run", 42));
    recording.allocation("byte[]", 1, 6, TestRecording.frame("com.acme.Job.run", 42));
    MetricView view = MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
    CallBrowser browser = new CallBrowser(CallOutline.of(view, 0));
    browser.openAll();
    browser.resize(8 - TreeDrawing.OTHER_LINES);
    browser.move(1);
    for (boolean colours : new boolean[] {true, false}) {
      TreeDrawing drawing = new TreeDrawing(browser, view, colours);
      for (int width = 1; width < 120; width++) {
        List<AttributedString> lines = drawing.lines(8, width, "");
        assertEquals(8, lines.size());
        for (AttributedString line : lines) {
          assertTrue(line.columnLength() <= width, width + ": " + line);
          assertEquals(-1, line.toString().indexOf('\u001b'));
        }
      }
      assertEquals(1, drawing.lines(1, 80, "").size());
    }
  }

  @Test
  void noColourIsUsedWhenNoneIsWanted() throws IOException {
    TestRecording recording = TestRecording.create(directory.resolve("test.heaplight"));
    recording.allocation("byte[]", 1, 6, TestRecording.frame("com.acme.Job.run", 42));
    MetricView view = MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
    CallBrowser browser = new CallBrowser(CallOutline.of(view, 0));
    browser.resize(5);
    Pattern colour = Pattern.compile("\u001b\\[([0-9]+;)*3[0-7]m");
    assertTrue(colour.matcher(ansi(new TreeDrawing(browser, view, true))).find());
    assertFalse(colour.matcher(ansi(new TreeDrawing(browser, view, false))).find());
  }

  private static String ansi(TreeDrawing drawing) {
    StringBuilder text = new StringBuilder();
    drawing.lines(8, 80, "").forEach(line -> text.append(line.toAnsi()));
    return text.toString();
  }
}
