package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.stats.StatsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The views a page has beside the whole graph of its first metric. */
class PageViewsIT extends PageBrowser {
  @Test
  void everyMetricHasTheReportsFigures() throws IOException {
    Path file = everything();
    open(file);
    RecordingModel model = RecordingModel.read(file, TimeWindow.WHOLE.withSlices());
    for (MetricView view : MetricView.all(model, Selection.ALL)) {
      change("{metric: '" + view.metric().key() + "'}");
      assertEquals(view.totals().totalBytes(), bytes(), view.metric().key());
      assertEquals(
          view.totals().totalObjects(),
          (long) browser().number("heaplight.state().objects"),
          view.metric().key());
      String figures = browser().text("figures");
      assertTrue(figures.startsWith(view.metric().heading()), figures);
    }
    assertEquals(6, browser().number("metric.options.length"));
  }

  @Test
  void filtersLeaveOutRowsAndFramesAndCanBeTakenOff() throws IOException {
    open(everything());
    change("{threads: '^io$'}");
    assertEquals(2_048, bytes());
    change("{threads: '', classes: 'int'}");
    assertEquals(512, bytes());
    change("{classes: '', include: 'ArrayList'}");
    assertEquals(1_024, bytes());
    change("{include: '', exclude: 'ArrayList'}");
    assertEquals(5_632, bytes());
    change("{exclude: '', jdk: 'hidden', frameworks: 'hidden'}");
    assertEquals(6_656, bytes());
    assertEquals(0, browser().number("heaplight.find('grow').length"));
    assertEquals(0, browser().number("heaplight.find('spring').length"));
    browser().evaluate("document.querySelector('#filter-form [name=clear]').click()");
    settle();
    assertEquals(1, browser().number("heaplight.find('grow').length"));
    assertEquals(true, browser().evaluate("active.hidden"));
  }

  @Test
  void recursionCollapsesToTheOutermostCall() throws IOException {
    TestRecording recording = TestRecording.create(file());
    Frame walk = TestRecording.frame("com.acme.Tree.walk", 3);
    recording.allocation("byte[]", 1, 16, PageSample.MAIN, walk, walk, walk);
    recording.allocation("byte[]", 1, 32, PageSample.MAIN, walk);
    open(recording.finish(1, 48, 0));
    assertEquals(3, browser().number("heaplight.find('walk').length"));
    change("{recursion: 'collapsed'}");
    assertEquals(1, browser().number("heaplight.find('walk').length"));
    assertEquals(48, bytes());
  }

  @Test
  void invertedTreeHasClassesFirst() throws IOException {
    open(everything());
    browser().evaluate("document.querySelector('[data-set=\"tree=up\"]').click()");
    settle();
    assertEquals("byte[]", browser().evaluate("heaplight.name(1)"));
    assertEquals("com.acme.Job.run:42", browser().evaluate("heaplight.name(2)"));
    assertEquals(6_656, bytes());
  }

  @Test
  void callersAndCalleesOfAMethodMeetInIt() throws IOException {
    open(everything());
    change("{tree: 'around', method: 'com.acme.Job.run'}");
    assertEquals(4_096, bytes());
    assertEquals("com.acme.Job.run", browser().evaluate("heaplight.name(0)"));
    assertEquals(false, browser().evaluate("callers.hidden"));
    assertTrue(browser().number("document.getElementById('callers').clientHeight") > 60);
    change("{tree: 'down', method: ''}");
    assertEquals(true, browser().evaluate("callers.hidden"));
  }

  @Test
  void tableBesideTheGraphSumsUpAndFinds() throws IOException {
    open(everything());
    browser().evaluate("document.querySelector('[data-panel=classes]').click()");
    settle();
    String panel = browser().text("panel").replace('\t', ' ').replaceAll("\\s+", " ");
    assertTrue(panel.contains("byte[]only 3.00 KiB 4 46.2 %"), panel);
    browser().evaluate("document.querySelector('#panel tbody button').click()");
    settle();
    assertEquals("46.2 % of bytes in 1 matching frames", browser().text("search-result"));
    change("{panel: 'threads', search: ''}");
    assertTrue(browser().text("panel").contains("io"), browser().text("panel"));
    change("{panel: 'packages'}");
    browser().evaluate("document.querySelector('#panel .only').click()");
    settle();
    assertEquals("^com\\.acme\\.[^.]+\\.[^.]+$", browser().evaluate("heaplight.view().include"));
    assertEquals(6_656, bytes());
    change("{panel: 'sites', include: ''}");
    assertTrue(browser().text("panel").contains("com.acme.Job.run:42"), browser().text("panel"));
  }

  @Test
  void tableKeepsTheFocusWhereItsButtonIsDrawnAgain() throws IOException {
    open(everything());
    change("{panel: 'classes'}");
    String only = "document.querySelector('#panel [title=\"Show int[] only\"]')";
    browser().evaluate(only + ".focus()");
    browser().press(Keys.ENTER);
    settle();
    assertEquals(512, bytes());
    assertEquals(true, browser().evaluate("document.activeElement === " + only));
    // What has no button any more leaves the focus in the table.
    change("{classes: 'byte'}");
    assertEquals("panel", browser().evaluate("document.activeElement.id"));
    // A search does not draw the table again.
    browser().evaluate("document.querySelector('#panel table').dataset.mark = 'kept'");
    change("{search: 'Job'}");
    assertEquals("kept", browser().evaluate("document.querySelector('#panel table').dataset.mark"));
  }

  @Test
  void darkModeFollowsTheSystemAndTheToggle() throws IOException {
    String background = "getComputedStyle(document.body).backgroundColor";
    open(everything());
    Object light = browser().evaluate(background);
    browser().colourScheme("dark");
    Object dark = browser().evaluate(background);
    assertNotEquals(light, dark);
    browser().evaluate("theme.click()");
    assertEquals(light, browser().evaluate(background));
    browser().colourScheme("light");
    browser().evaluate("theme.click()");
    assertEquals(dark, browser().evaluate(background));
  }

  @Test
  void filtersTakeLettersAsTheyAreAndASearchInAnyCase() throws IOException {
    TestRecording recording = TestRecording.create(file());
    recording.allocation("byte[]", 1, 16, TestRecording.frame("a.b.A.run", 1));
    recording.allocation("byte[]", 1, 32, TestRecording.frame("a.b.a.run", 1));
    open(recording.finish(1, 48, 0));
    change("{include: '^a\\\\.b\\\\.A\\\\.run$'}");
    assertEquals(16, bytes());
    change("{include: '', search: 'a.b.A'}");
    assertEquals("100.0 % of bytes in 2 matching frames", browser().text("search-result"));
  }

  @Test
  void patternThatIsWrongFiltersNothingAndIsSaid() throws IOException {
    Path file = everything();
    for (String part : List.of("include", "exclude", "classes", "threads", "hide")) {
      open(file);
      change("{" + part + ": '('}");
      assertEquals(6_656, bytes(), part);
      assertEquals("Left out, not a valid regular expression: (", browser().text("note"), part);
      change("{" + part + ": ''}");
      assertEquals("", browser().text("note"), part);
    }
  }

  @Test
  void figuresThatAreShownAreThoseOfTheStatistics() throws IOException {
    Path file = everything();
    open(file);
    RecordingModel model = RecordingModel.read(file);
    StringBuilder json = new StringBuilder();
    StatsJson.write(MetricView.of(model, Metric.ALLOCATED).orElseThrow(), 1, false, json);
    Map<String, String> keys =
        Map.of(
            "allocated", "allocatedBytes",
            "peak", "peakLiveBytes",
            "surviving", "survivingBytes",
            "temporary", "temporaryBytes",
            "off-heap", "offHeap.allocatedBytes",
            "off-heap-live", "offHeap.liveBytes");
    for (Map.Entry<String, String> key : keys.entrySet()) {
      change("{metric: '" + key.getKey() + "'}");
      String shown = browser().text("figures");
      long bytes = number(json, key.getValue());
      assertTrue(bytes > 0, key.toString());
      assertTrue(
          shown.contains("%,d bytes".formatted(bytes)), key + "=" + bytes + ", shown=" + shown);
      // The statistics do not count blocks of off-heap memory.
      if (!key.getValue().startsWith("offHeap")) {
        long objects = number(json, key.getValue().replace("Bytes", "Objects"));
        assertTrue(objects > 0, key.toString());
        assertTrue(
            shown.contains("\nObjects\n%,d\n".formatted(objects)),
            key + "=" + objects + " objects, shown=" + shown);
      }
    }
    assertEquals(keys.size(), browser().number("metric.options.length"));
  }

  private static long number(CharSequence json, String path) {
    String text = json.toString();
    String name = path;
    if (path.contains(".")) {
      text = text.substring(text.indexOf("\"" + path.substring(0, path.indexOf('.')) + "\""));
      name = path.substring(path.indexOf('.') + 1);
    }
    Matcher found = Pattern.compile("\"" + name + "\": ?(\\d+)").matcher(text);
    assertTrue(found.find(), path);
    return Long.parseLong(found.group(1));
  }

  @Test
  void oldBrowserReadsTheDataByTheLibrary() throws IOException {
    Runnable undo =
        browser()
            .beforePages(
                "delete window.DecompressionStream; delete Uint8Array.fromBase64;"
                    + " delete CanvasRenderingContext2D.prototype.roundRect");
    try {
      open(everything());
      assertEquals("undefined", browser().evaluate("typeof DecompressionStream"));
      assertEquals(6_656, bytes());
    } finally {
      undo.run();
    }
  }

  @Test
  void injectedScriptsDoNotRun() throws IOException {
    open(everything());
    browser()
        .evaluate(
            "document.body.insertAdjacentHTML('beforeend',"
                + " '<img src=\"data:,\" onerror=\"window.owned = 1\"><b onclick=\"window.owned ="
                + " 1\" id=\"trap\">x</b>')");
    browser().evaluate("trap.click()");
    browser()
        .evaluate(
            "document.body.append(Object.assign(document.createElement('script'),"
                + " {textContent: 'window.owned = 1'}))");
    assertEquals(
        "refused",
        browser().evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"));
    settle(); // two frames later, by which handlers of images have run
    assertEquals("undefined", browser().evaluate("typeof window.owned"));
    List<String> refused = browser().consoleMessages();
    assertTrue(
        !refused.isEmpty() && refused.stream().allMatch(m -> m.contains("Content Security Policy")),
        refused.toString());
  }

  @Test
  void veryLongAndOddNamesStayInTheirPlaces() throws IOException {
    String longName = "x".repeat(10_000);
    TestRecording recording =
        TestRecording.create(file(), longName, Map.of("\u05d0\u05d1", longName));
    recording.allocation(longName, 1, 16, TestRecording.frame("\ud83d\ude00.\u05d0" + ".run", 1));
    open(recording.finish(1, 16, 0));
    assertTrue(
        browser().number("document.documentElement.scrollWidth") <= browser().number("innerWidth"));
    browser().at(node(".run")).perform();
    assertEquals(false, browser().evaluate("tooltip.hidden"));
    assertTrue(browser().number("tooltip.getBoundingClientRect().bottom") <= 800);
    assertTrue(
        browser().text("tooltip").contains("\ud83d\ude00.\u05d0.run"), browser().text("tooltip"));
    assertTrue(browser().text("scope-name").startsWith("x".repeat(100)));
  }
}
