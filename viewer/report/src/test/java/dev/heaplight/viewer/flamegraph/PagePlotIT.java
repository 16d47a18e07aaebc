package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Memory over time, and windows of time. */
class PagePlotIT extends PageBrowser {
  @Test
  void draggingOverThePlotChoosesTheWindow() throws IOException {
    open(everything());
    int top = (int) browser().number("document.querySelector('.u-over').getBoundingClientRect().y");
    int left =
        (int) browser().number("document.querySelector('.u-over').getBoundingClientRect().x");
    int width = (int) browser().number("document.querySelector('.u-over').clientWidth");
    browser().drag(left + width / 2 + 20, top + 30, left + width - 5, top + 30);
    settle();
    assertEquals(512, bytes());
    String chips = browser().text("active");
    assertTrue(chips.startsWith("Time: from 1.00 s on"), chips);
    String figures = browser().text("figures");
    assertTrue(figures.contains("512 bytes, of 6.50 KiB in the whole scope"), figures);
    browser().evaluate("document.querySelector('#active button').click()");
    settle();
    assertEquals(6_656, bytes());
  }

  @Test
  void clickOnThePlotTakesTheWindowOff() throws IOException {
    open(everything());
    change("{from: 900, to: null}");
    assertEquals(512, bytes());
    int top = (int) browser().number("document.querySelector('.u-over').getBoundingClientRect().y");
    int left =
        (int) browser().number("document.querySelector('.u-over').getBoundingClientRect().x");
    browser().drag(left + 40, top + 30, left + 40, top + 30);
    settle();
    assertEquals(6_656, bytes());
    assertEquals(true, browser().evaluate("active.hidden"));
  }

  @Test
  void windowOfTimeShowsWhatWasAllocatedInIt() throws IOException {
    Path file = everything();
    open(file);
    for (long[] window : new long[][] {{0, 900}, {900, 2_000}, {0, 2_000}}) {
      change("{from: %d, to: %d}".formatted(window[0], window[1]));
      RecordingModel part = RecordingModel.read(file, new TimeWindow(window[0], window[1]));
      assertEquals(part.totals().totalBytes(), bytes());
    }
    change("{metric: 'peak', from: 0, to: 900}");
    assertEquals(3_072, bytes());
    assertEquals(
        "Live at peak: known for the whole scope only, whatever the window of time.",
        browser().text("untimed"));
  }

  @Test
  void windowOfTimeCanBeTyped() throws IOException {
    open(everything());
    browser().evaluate("document.querySelector('#filters summary').focus()");
    browser().press(Keys.ENTER);
    browser().evaluate("document.querySelector('#filter-form [name=from]').focus()");
    browser().press("1.2", Keys.ENTER);
    settle();
    // A window holds whole slices of time, the second of which begins after one second.
    assertEquals("#from=1000", browser().evaluate("location.hash"));
    assertEquals(512, bytes());
    assertEquals("1", browser().evaluate("document.activeElement.value"));
    browser().press(Keys.BACK_SPACE, Keys.TAB, "0.5", Keys.ENTER);
    settle();
    assertEquals("#to=1000", browser().evaluate("location.hash"));
    assertEquals(6_144, bytes());
    // What ends before it begins changes nothing.
    browser().evaluate("document.querySelector('#filter-form [name=from]').focus()");
    browser().press("3", Keys.ENTER);
    settle();
    assertEquals("#to=1000", browser().evaluate("location.hash"));
    assertEquals("true", browser().evaluate("document.activeElement.getAttribute('aria-invalid')"));
  }
}
