package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the keyboard does. */
class PageKeyboardIT extends PageBrowser {
  @Test
  void menuOpensByKeyboardAndCopiesTheLink() throws IOException {
    open(everything());
    browser().evaluate("document.getElementById('graph-canvas').focus()");
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ARROW_DOWN);
    browser().press("m");
    String menu = browser().text("menu");
    assertTrue(menu.contains("Callers and callees"), menu);
    browser().press(Keys.ESCAPE);
    assertEquals(true, browser().evaluate("menu.hidden"));
    assertEquals("graph-canvas", browser().evaluate("document.activeElement.id"));
  }

  @Test
  void escapeClosesTheFilterForm() throws IOException {
    open(everything());
    browser().evaluate("document.querySelector('#filters summary').click()");
    assertEquals(true, browser().evaluate("filters.open"));
    browser().evaluate("document.querySelector('#filter-form [name=threads]').focus()");
    browser().press(Keys.ESCAPE);
    assertEquals(false, browser().evaluate("filters.open"));
    assertEquals("SUMMARY", browser().evaluate("document.activeElement.tagName"));
  }

  @Test
  void nextAndPreviousGoThroughTheMatches() throws IOException {
    openSmall();
    change("{search: 'Job'}");
    focusGraph();
    for (String name : List.of("Job.main:7", "Job.run:42", "Job.end:43", "Job.main:7")) {
      browser().press("n");
      assertEquals("com.acme." + name, selected());
    }
    browser().press("N");
    assertEquals("com.acme.Job.end:43", selected());
    browser().evaluate("document.getElementById('previous').click()");
    assertEquals("com.acme.Job.run:42", selected());
    assertEquals("com.acme.Job.run:42, 3.00 KiB · 75.0 %", browser().text("status"));
    browser().evaluate("document.getElementById('next').click()");
    assertEquals("com.acme.Job.end:43", selected());
    browser().press("/");
    browser().press(Keys.ENTER);
    assertEquals("com.acme.Job.main:7", selected());
    // Among the letters of a search, n is one of them.
    browser().press("n");
    assertEquals("com.acme.Job.main:7", selected());
  }

  @Test
  void nextMatchThatIsTooNarrowToBeSeenIsZoomedTo() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 1, 1_000_000, PageSample.MAIN);
    recording.allocation("int[]", 1, 100, PageSample.MAIN, PageSample.RUN);
    open(recording.finish(1, 1_000_100, 0));
    change("{search: 'Job.run'}");
    focusGraph();
    browser().press("n");
    settle();
    assertEquals("com.acme.Job.run:42", selected());
    assertEquals(node("Job.run"), (long) browser().number("heaplight.state().focus"));
  }

  @Test
  void stackThatIsCopiedIsWrittenAsStackTracesAre() throws IOException {
    openSmall();
    focusGraph();
    for (int i = 0; i < 4; i++) {
      browser().press(Keys.ARROW_DOWN);
    }
    browser().press("c");
    settle();
    assertEquals("Copied the stack.", browser().text("note"));
    assertEquals(
        "byte[]\n\tat com.acme.Job.run(Job.java:42)\n\tat com.acme.Job.main(Job.java:7)\n",
        browser().clipboard());
  }

  /** All of a visit without a mouse, each control come to by the Tab key. */
  @Test
  void everythingIsDoneWithoutAMouse() throws IOException {
    open(everything());
    tabTo("Export");
    browser().press(Keys.ENTER);
    tabTo("Copy a link to this view");
    browser().press(Keys.ENTER);
    settle();
    assertEquals(browser().evaluate("location.href"), browser().clipboard());
    browser().press(Keys.ESCAPE);
    tabTo("Metric");
    browser().press("L");
    settle();
    assertEquals("peak", browser().evaluate("heaplight.view().metric"));
    tabTo("Objects");
    browser().press(Keys.SPACE);
    tabTo("Classes first");
    browser().press(Keys.ENTER);
    tabTo("Filter");
    browser().press(Keys.ENTER);
    tabTo("Hide JDK frames");
    browser().press(Keys.SPACE);
    browser().press(Keys.ESCAPE);
    tabTo("Regular expression");
    browser().press(Keys.SPACE);
    tabTo("Sites");
    browser().press(Keys.ENTER);
    settle();
    assertEquals(
        "#metric=peak&unit=objects&tree=up&jdk=hidden&regex=yes&panel=sites",
        browser().evaluate("location.hash"));
    tabTo("JDK frames hidden ✕");
    browser().press(Keys.ENTER);
    settle();
    tabTo("Flame graph.");
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ENTER);
    settle();
    assertEquals(1, browser().number("heaplight.state().focus"));
    browser().press(Keys.BACK_SPACE);
    settle();
    assertEquals(0, browser().number("heaplight.state().focus"));
    browser().press("m");
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ENTER);
    settle();
    assertEquals("^byte\\[\\]$", browser().evaluate("heaplight.view().classes"));
  }

  /** Presses Tab until what is so named, or the beginning of whose name that is, has the focus. */
  private static void tabTo(String name) {
    StringBuilder passed = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      browser().press(Keys.TAB);
      String focused =
          browser()
              .evaluate(
                  "(e => (e.getAttribute('aria-label') || (e.labels && e.labels.length > 0 ?"
                      + " e.labels[0].textContent : e.textContent) || '').trim())"
                      + "(document.activeElement)")
              .toString();
      if (focused.equals(name) || (name.endsWith(".") && focused.startsWith(name))) {
        return;
      }
      passed.append(focused, 0, Math.min(focused.length(), 20)).append(", ");
    }
    fail("not come to by Tab: " + name + ", passed=" + passed);
  }

  private static void focusGraph() {
    browser().evaluate("document.getElementById('graph-canvas').focus()");
  }

  private static Object selected() {
    settle();
    return browser().evaluate("heaplight.name(heaplight.state().selected)");
  }
}
