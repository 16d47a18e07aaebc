package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that compare two recordings. */
class PageComparisonIT extends PageBrowser {
  @Test
  void comparisonShowsWhatGrew() throws IOException {
    TestRecording before = TestRecording.create(file().resolveSibling("base.heaplight"));
    before
        .allocation("byte[]", 4, 4_096, PageSample.MAIN, PageSample.RUN)
        .allocation("int[]", 1, 64, PageSample.MAIN);
    openChange(before.finish(1, 1, 0), everything());
    assertEquals(6_656, bytes());
    assertEquals(false, browser().evaluate("changes.hidden"));
    assertTrue(browser().text("chips").contains("base.heaplight"), browser().text("chips"));
    browser().at(0).perform();
    String tooltip = browser().text("tooltip");
    assertTrue(tooltip.contains("4,160 bytes") && tooltip.contains("6,656 bytes"), tooltip);
    change("{sized: 'change'}");
    // 1,024 less, 1,024 + 2,048 + 512 more, and 64 that are gone.
    double size = browser().number("heaplight.state().visible[1]");
    assertEquals(1_024 + 1_024 + 2_048 + 512 + 64, size);
  }

  @Test
  void sameWorkOfThreadsWithOtherNamesIsNoChange() throws IOException {
    openChange(byThreads("base.heaplight", "pool-1", 23), byThreads("now.heaplight", "pool-7", 99));
    change("{sized: 'change'}");
    assertEquals(0, browser().number("heaplight.state().visible[1]"));
    assertEquals(4_096, bytes());
    change("{sized: 'after'}");
    assertEquals(4_096, browser().number("heaplight.state().visible[1]"));
  }

  @Test
  void comparisonSaysWhatIsToBeSaidOfBothSides() throws IOException {
    TestRecording base = TestRecording.create(file().resolveSibling("base.heaplight"));
    base.allocation("byte[]", 1, 16, PageSample.MAIN);
    TestRecording now = TestRecording.create(file());
    now.allocation("byte[]", 1, 16, PageSample.MAIN);
    now.live(TestRecording.SURVIVORS, now.stack(PageSample.MAIN), "byte[]", 1, 16);
    openChange(base.flush(500, 16, 0).abandon(), now.finish(1_000, 16, 1));
    String caveats = browser().text("caveats");
    assertTrue(caveats.contains("Of the base: This recording did not end cleanly"), caveats);
  }

  private static Path byThreads(String name, String thread, long id) throws IOException {
    TestRecording recording = TestRecording.create(file().resolveSibling(name));
    recording.allocation(
        recording.stack(PageSample.MAIN, PageSample.RUN),
        "byte[]",
        recording.thread(id, thread),
        4,
        4_096);
    return recording.finish(1, 4_096, 0);
  }

  @Test
  void whatGrewIsOrangeAndWhatShrankIsBlue() throws IOException {
    Frame grew = TestRecording.frame("com.acme.A.grew", 1);
    Frame shrank = TestRecording.frame("com.acme.B.shrank", 1);
    Frame same = TestRecording.frame("com.acme.C.same", 1);
    TestRecording base = TestRecording.create(file().resolveSibling("base.heaplight"));
    base.allocation("byte[]", 1, 1_000, shrank).allocation("byte[]", 1, 500, same);
    TestRecording now = TestRecording.create(file());
    now.allocation("byte[]", 1, 1_000, grew).allocation("byte[]", 1, 500, same);
    now.allocation("byte[]", 1, 600, shrank);
    openChange(base.finish(1, 1_500, 0), now.finish(1, 2_100, 0));
    for (String scheme : List.of("light", "dark")) {
      browser().colourScheme(scheme);
      List<Long> orange = pixel(node("A.grew"));
      List<Long> blue = pixel(node("B.shrank"));
      List<Long> grey = pixel(node("C.same"));
      assertTrue(orange.get(0) - orange.get(2) > 100, scheme + " grew=" + orange);
      assertTrue(blue.get(2) - blue.get(0) > 40, scheme + " shrank=" + blue);
      assertTrue(Math.abs(grey.get(0) - grey.get(2)) < 10, scheme + " same=" + grey);
    }
    browser().colourScheme("light");
    assertEquals(false, browser().evaluate("document.getElementById('change-legend').hidden"));
  }
}
