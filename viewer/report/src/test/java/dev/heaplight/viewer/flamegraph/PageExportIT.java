package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Pictures and texts that are taken out of a page. */
class PageExportIT extends PageBrowser {
  @Test
  void pictureOfTheViewIsWellFormedWhateverTheNames() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("a<b>&\"'", 1, 16, TestRecording.frame("x.<y>&.z", 1));
    open(recording.finish(1, 16, 0));
    assertEquals(
        0,
        browser()
            .number(
                "new DOMParser().parseFromString(heaplight.svg(), 'image/svg+xml')"
                    + ".getElementsByTagName('parsererror').length"));
    assertTrue(
        browser()
            .evaluate(
                "new DOMParser().parseFromString(heaplight.svg(), 'image/svg+xml')"
                    + ".documentElement.textContent")
            .toString()
            .contains("a<b>&\"'"));
  }
}
