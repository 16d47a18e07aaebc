package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void seriesAreDrawnUntilTheyAreHidden() throws IOException {
    open(everything());
    // Heap used, live, RSS without what is shared, off-heap: the colours of a light page.
    for (String colour : List.of("0,114,178", "0,158,115", "184,134,11", "166,66,140")) {
      assertTrue(drawn(colour) > 20, colour);
    }
    assertEquals(0, drawn("194,24,91"));
    change("{series: 'malloc.live'}");
    assertTrue(drawn("194,24,91") > 20);
    change("{series: 'live'}");
    assertEquals(0, drawn("0,114,178"));
    assertTrue(drawn("0,158,115") > 20);
    String legend = browser().evaluate("document.querySelector('.u-legend').innerText").toString();
    for (String name :
        List.of("Heap used", "Live, of this scope", "malloc, sampled", "Rest of RSS")) {
      assertTrue(legend.contains(name), legend);
    }
    assertFalse(legend.contains("Threads"), "nobody has told of them");
  }

  @Test
  void collectionsAndSlicesAreMarked() throws IOException {
    open(everything());
    change("{series: ''}");
    assertEquals(List.of(800L, 1_500L), marked("0"));
    assertEquals(List.of(0L, 1_000L), marked("over.height - 1"));
  }

  /** Pixels of a colour in the plot. */
  private static double drawn(String colour) {
    return browser()
        .number(
            "(c => { const data = "
                + READABLE
                + "(c).getImageData(0, 0, c.width, c.height).data;"
                + " let count = 0; for (let i = 0; i < data.length; i += 4)"
                + " if ([...data.subarray(i, i + 3)].join() === arguments[0] && data[i + 3] === 255)"
                + " count++; return count; })(document.querySelector('#plot canvas'))",
            colour);
  }

  /** Times, to the nearest hundred milliseconds, of the marks in a row of the plot's pixels. */
  private static Object marked(String y) {
    return browser()
        .evaluate(
            "(c => { const over = document.querySelector('.u-over').getBoundingClientRect();"
                + " const at = c.getBoundingClientRect(), left = over.x - at.x;"
                + " const row = "
                + READABLE
                + "(c).getImageData(0, over.y - at.y + ("
                + y
                + "), c.width, 1).data; const times = [];"
                + " for (let x = 0; x < c.width; x++)"
                + " if ([...row.subarray(4 * x, 4 * x + 4)].join() === '102,107,115,255')"
                + " times.push(Math.round((x - left) / over.width * 20) * 100);"
                + " return times; })(document.querySelector('#plot canvas'))");
  }
}
