package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What one does with a flame graph: look, zoom, search, point. */
class FlameGraphPageIT extends PageBrowser {
  private static final String HOSTILE =
      "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
          + "'\"&amp;\u202egnp.exe\u2066 \ud83d\ude00 \u6ce8\u6587";
  private static final String HOSTILE_SHOWN =
      HOSTILE.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066");

  @Test
  void headerShowsWhatTheRecordingIs() throws IOException {
    openRealistic();
    assertEquals("import_orders", browser().text("scope-name"));
    assertTrue(browser().text("figures").contains("3 min 4 s"), browser().text("figures"));
    assertEquals("none", browser().evaluate("getComputedStyle(caveats).display"));
    assertTrue(browser().number("heaplight.state().drawn") > 500);
  }

  @Test
  void pageIsRequestedOnceAndNothingElseIs() throws IOException {
    openRealistic();
    List<String> requests =
        browser().requests().stream().filter(url -> !url.startsWith("data:")).toList();
    assertEquals(1, requests.size(), requests.toString());
  }

  @Test
  void clickZoomsAndEscapeResets() throws IOException {
    openSmall();
    long run = node("Job.run");
    browser().at(run).click().perform();
    settle();
    assertEquals(run, (long) browser().number("heaplight.state().focus"));
    assertEquals(
        browser().number("document.getElementById('graph-canvas').clientWidth"),
        browser().number("heaplight.box(arguments[0]).width", run),
        0.01);
    assertEquals("all allocations\u203aJob.main:7\u203aJob.run:42", path());
    browser().press(Keys.ESCAPE);
    settle();
    assertEquals(0, browser().number("heaplight.state().focus"));
    assertEquals("Click a frame to zoom in, right-click it for more.", path());
  }

  @Test
  void backReturnsToTheViewBefore() throws IOException {
    openSmall();
    browser().at(node("Job.main")).click().perform();
    settle();
    browser().at(node("Job.run")).click().perform();
    settle();
    browser().evaluate("document.getElementById('back').click()");
    settle();
    assertEquals(node("Job.main"), (long) browser().number("heaplight.state().focus"));
  }

  @Test
  void searchReportsWhatShareMatches() throws IOException {
    openSmall();
    browser().press("/");
    browser().press("JOB.RUN");
    settle();
    assertEquals("75.0 % of bytes in 1 matching frames", browser().text("search-result"));
    assertEquals(0.75, browser().number("heaplight.state().matchedShare"), 1e-9);
    change("{search: '^int\\\\[\\\\]$', regex: 'yes'}");
    assertEquals("25.0 % of bytes in 1 matching frames", browser().text("search-result"));
    change("{search: 'nowhere', regex: 'no'}");
    assertEquals("No frame matches", browser().text("search-result"));
  }

  @Test
  void matchesAreDrawnInTheirOwnColour() throws IOException {
    openSmall();
    change("{search: 'Job.run'}");
    assertEquals(List.of(181L, 23L, 158L), pixel(node("Job.run")));
  }

  @Test
  void invalidExpressionIsSaidAndChangesNothing() throws IOException {
    openSmall();
    change("{search: 'a(b', regex: 'yes'}");
    assertEquals(
        "Not a valid regular expression: Unterminated group", browser().text("search-result"));
    assertEquals("true", browser().evaluate("search.getAttribute('aria-invalid')"));
    assertEquals(false, browser().evaluate("heaplight.state().searching"));
  }

  @Test
  void tooltipNamesFrameLineAndFigures() throws IOException {
    openSmall();
    browser().at(node("Job.run")).perform();
    String tooltip = browser().text("tooltip");
    for (String part :
        List.of(
            "com.acme.Job.run:42", "Job.java:42", "3,072 bytes", "75.0 % of all bytes", "byte[]")) {
      assertTrue(tooltip.contains(part), tooltip);
    }
  }

  @Test
  void objectsCanBeTheMeasure() throws IOException {
    openSmall();
    browser().evaluate("document.querySelector('[data-set=\"unit=objects\"]').click()");
    settle();
    double all = browser().number("heaplight.box(0).width");
    assertEquals(
        0.25, browser().number("heaplight.box(arguments[0]).width", node("Job.run")) / all);
  }

  @Test
  void arrowKeysWalkAndEnterZooms() throws IOException {
    openSmall();
    browser().evaluate("document.getElementById('graph-canvas').focus()");
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ARROW_DOWN);
    browser().press(Keys.ENTER);
    settle();
    assertEquals(node("Job.run"), (long) browser().number("heaplight.state().focus"));
  }

  @Test
  void hostileNamesAreShownAsText() throws IOException {
    TestRecording recording = TestRecording.create(file(), HOSTILE, Map.of(HOSTILE, HOSTILE));
    recording.note(HOSTILE).allocation(HOSTILE, 1, 16, TestRecording.frame("a.B." + "run", 1));
    open(recording.finish(1, 16, 0));
    assertEquals(HOSTILE_SHOWN, browser().text("scope-name"));
    assertEquals(HOSTILE_SHOWN, browser().text("caveats"));
    assertEquals(HOSTILE_SHOWN, browser().evaluate("heaplight.name(2)"));
    browser().at(2).perform();
    assertTrue(browser().text("tooltip").startsWith(HOSTILE_SHOWN));
    assertTrue(browser().evaluate("document.title").toString().startsWith("</script>"));
    assertEquals(0, browser().number("document.images.length"));
  }

  @Test
  void emptyRecordingSaysSo() throws IOException {
    open(TestRecording.create(file()).finish(10, 0, 0));
    assertEquals(
        "Nothing was recorded: the scope has allocated nothing so far.", browser().text("empty"));
  }

  @Test
  void incompleteRecordingSaysSo() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 1, 16, TestRecording.frame("a.B.c", 1)).flush(1, 16, 0);
    open(recording.abandon());
    assertEquals(
        "This recording did not end cleanly: the worker still runs or was killed; at most the"
            + " last flush is missing.",
        browser().text("caveats"));
  }

  @Test
  void pageOfAnotherMetricNamesIt() throws IOException {
    TestRecording recording = TestRecording.create(file());
    int stack = recording.stack(TestRecording.frame("com.acme.Cache.fill", 9));
    recording.allocation(stack, "byte[]", 4, 4_096).peak(stack, "byte[]", 3, 3_072);
    open(recording.finish(1_000, 4_096, 3), Metric.PEAK);
    assertEquals(
        "allocate_memory, live at peak \u2013 Heaplight flame graph",
        browser().evaluate("document.title"));
    assertEquals("all live at peak", browser().evaluate("heaplight.name(0)"));
    assertEquals(3_072, browser().number("heaplight.state().bytes"));
    assertTrue(browser().text("chips").startsWith("Live at peak"), browser().text("chips"));
    String figures = browser().text("figures");
    for (String part :
        List.of("Live at peak", "3,072 bytes", "at GC 2 (G1 Old) after 800 ms", "4,096 bytes")) {
      assertTrue(figures.contains(part), figures);
    }
    assertTrue(figures.contains("100.0 %"), figures);
  }

  @Test
  void pageWithoutAnySurvivorSaysSo() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 1, 16, TestRecording.frame("a.B.c", 1)).survivors();
    open(recording.finish(1_000, 16, 3), Metric.SURVIVING);
    assertEquals("Nothing of the scope survived.", browser().text("empty"));
  }
}
