package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Frame;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemorySample;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.Selection;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.recordings.TestRecording;
import dev.heaplight.viewer.stats.StatsJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The views a page has beside the whole graph of its first metric, and links to them. */
class PageViewsIT extends PageBrowser {
  private static final Frame MAIN = TestRecording.frame("com.acme.Job.main", 7);
  private static final Frame RUN = TestRecording.frame("com.acme.Job.run", 42);
  private static final Frame GROW = TestRecording.frame("java.util.ArrayList.grow", 5);
  private static final Frame SPRING = TestRecording.frame("org.springframework.Proxy.call", 9);
  private static final LiveHeader TEMPORARY =
      new LiveHeader(LiveKind.TEMPORARY, 900, 2, "G1 Old", 5);

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
  void recursionCollapsesToTheOutermostCall() throws IOException {
    TestRecording recording = TestRecording.create(file());
    Frame walk = TestRecording.frame("com.acme.Tree.walk", 3);
    recording.allocation("byte[]", 1, 16, MAIN, walk, walk, walk);
    recording.allocation("byte[]", 1, 32, MAIN, walk);
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
  void linkOpensTheSameView() throws IOException {
    Path file = everything();
    open(file);
    change("{metric: 'peak', unit: 'objects', search: 'Job', panel: 'sites'}");
    browser().evaluate("heaplight.zoom(heaplight.find('Job.run')[0])");
    settle();
    Object state = browser().evaluate("JSON.stringify(heaplight.state())");
    String url = browser().evaluate("location.href").toString();
    browser().open("about:blank");
    browser().open(url);
    awaitPage();
    settle();
    assertEquals(state, browser().evaluate("JSON.stringify(heaplight.state())"));
    assertEquals("peak", browser().evaluate("metric.value"));
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
  void comparisonShowsWhatGrew() throws IOException {
    TestRecording before = TestRecording.create(file().resolveSibling("base.heaplight"));
    before.allocation("byte[]", 4, 4_096, MAIN, RUN).allocation("int[]", 1, 64, MAIN);
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
    base.allocation("byte[]", 1, 16, MAIN);
    TestRecording now = TestRecording.create(file());
    now.allocation("byte[]", 1, 16, MAIN);
    now.live(TestRecording.SURVIVORS, now.stack(MAIN), "byte[]", 1, 16);
    openChange(base.flush(500, 16, 0).abandon(), now.finish(1_000, 16, 1));
    String caveats = browser().text("caveats");
    assertTrue(caveats.contains("Of the base: This recording did not end cleanly"), caveats);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metric=surviving",
        "unit=objects",
        "tree=up",
        "tree=around&method=com.acme.Job.run",
        "threads=%5Eio%24",
        "classes=int",
        "include=ArrayList",
        "exclude=ArrayList",
        "hide=Job.run",
        "jdk=hidden",
        "frameworks=hidden",
        "recursion=collapsed",
        "split=by-thread",
        "depth=1",
        "from=0&to=900",
        "search=job&regex=yes",
        "panel=packages",
        "plot=closed",
        "series=live.metaspace",
        "series=",
      })
  void everyPartOfAViewIsInItsLink(String fragment) throws IOException {
    Path file = everything();
    open(file);
    Object plain = shown();
    openAt(file, fragment);
    Object linked = shown();
    assertNotEquals(plain, linked);
    assertEquals("#" + fragment, browser().evaluate("location.hash"));
    // By steps within the page the same view is come to, and its address is the same.
    open(file);
    browser().evaluate("heaplight.change(" + part(fragment) + ").then(() => 1)");
    assertEquals(linked, shown());
    assertEquals("#" + fragment, browser().evaluate("location.hash"));
    back();
    assertEquals(plain, shown());
  }

  @Test
  void zoomOfTheCallersIsInTheLink() throws IOException {
    Path file = everything();
    open(file);
    change("{tree: 'around', method: 'java.util.ArrayList.grow'}");
    long run = (long) browser().number("heaplight.find('Job.run', true)[0]");
    browser().at(run, true).click().perform();
    settle();
    Object linked = shown();
    assertEquals(run, (long) browser().number("heaplight.state().callersFocus"));
    String url = browser().evaluate("location.href").toString();
    assertTrue(url.contains("&callers="), url);
    browser().open("about:blank");
    browser().open(url);
    awaitPage();
    settle();
    assertEquals(linked, shown());
    browser().press(Keys.ESCAPE);
    settle();
    assertEquals(0, browser().number("heaplight.state().callersFocus"));
    // What is no part of the view any more is none of its link.
    back();
    change("{tree: 'down'}");
    assertEquals("", browser().evaluate("location.hash"));
  }

  @Test
  void plotAndItsSeriesAreInTheLinkAsOneLeavesThem() throws IOException {
    open(everything());
    browser().evaluate("[...document.querySelectorAll('.u-series th')][1].click()");
    settle();
    assertEquals("#series=live.rss.rssMinusShared.direct", browser().evaluate("location.hash"));
    browser().evaluate("document.querySelector('#timeline summary').click()");
    settle();
    assertEquals(
        "#plot=closed&series=live.rss.rssMinusShared.direct", browser().evaluate("location.hash"));
    browser().evaluate("document.querySelector('#timeline summary').click()");
    browser().evaluate("[...document.querySelectorAll('.u-series th')][1].click()");
    settle();
    assertEquals("", browser().evaluate("location.hash"));
  }

  @Test
  void wordsThatNoViewKnowsAreLeftOut() throws IOException {
    Path file = everything();
    open(file);
    Object plain = shown();
    openAt(file, "unit=x&tree=y&panel=z&sized=w&metric=none&depth=x&plot=v");
    assertEquals(plain, shown());
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

  /** The part of a view that a fragment names, as the page's script takes it. */
  private static String part(String fragment) {
    return "Object.fromEntries([...new URLSearchParams('"
        + fragment
        + "')].map(([key, value]) => [key, /^(depth|from|to)$/.test(key) ? Number(value) : value]))";
  }

  /** All that tells one view from another. */
  private static Object shown() {
    return browser()
        .evaluate(
            "JSON.stringify([heaplight.state(), metric.value, panel.hidden, callers.hidden,"
                + " document.getElementById('active').textContent, timeline.open,"
                + " [...document.querySelectorAll('.u-series')].map(row => row.className)])");
  }

  private static void openAt(Path recording, String fragment) {
    browser().open("about:blank");
    browser().open(recording.resolveSibling("page.html").toUri() + "#" + fragment);
    awaitPage();
    settle();
  }

  private static void openChange(Path base, Path now) throws IOException {
    Path page = now.resolveSibling("page.html");
    try (OutputStream out = Files.newOutputStream(page)) {
      FlameGraphPage.renderChange(
          MetricView.allocated(RecordingModel.read(base)),
          MetricView.allocated(RecordingModel.read(now)),
          UnaryOperator.identity(),
          out);
    }
    browser().open(page);
    awaitPage();
  }

  private static Path byThreads(String name, String thread, long id) throws IOException {
    TestRecording recording = TestRecording.create(file().resolveSibling(name));
    recording.allocation(
        recording.stack(MAIN, RUN), "byte[]", recording.thread(id, thread), 4, 4_096);
    return recording.finish(1, 4_096, 0);
  }

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

  /** Two slices of time, two threads, a peak, survivors, off-heap memory and a plot. */
  private static Path everything() throws IOException {
    TestRecording recording = TestRecording.create(file());
    int run = recording.stack(MAIN, RUN);
    int grow = recording.stack(MAIN, SPRING, RUN, GROW);
    int io = recording.thread(77, "io");
    recording.allocation(run, "byte[]", 4, 3_072);
    recording.allocation(grow, "java.lang.Object[]", 2, 1_024);
    recording.allocation(recording.stack(MAIN), "char[]", io, 8, 2_048);
    recording.offHeap(run, "direct", 2, 8_192, 1, 4_096);
    recording.flush(1_000, 6_144, 1);
    recording.allocation(
        recording.stack(MAIN, TestRecording.frame("com.acme.Job.end", 43)), "int[]", 16, 512);
    recording.peak(run, "byte[]", 3, 3_072);
    recording.live(TestRecording.SURVIVORS, run, "byte[]", 1, 1_024);
    recording.live(TEMPORARY, grow, "java.lang.Object[]", 1, 512);
    recording.facts(
        List.of(new GcPoint(800, "G1 Old", 3, 3, 3_072), new GcPoint(1_500, "G1 Old", 3, 1, 1_024)),
        List.of(
            new MemorySample(0, 90_000_000, 80_000_000, 10_000_000, 64_000_000, 0, 5_000_000),
            new MemorySample(1_900, 99_000_000, 89_000_000, 30_000_000, 64_000_000, 4_096, 1)),
        List.of(),
        new AgentCost(7_000_000, 3_000_000, 64_000_000));
    return recording.finish(2_000, 6_656, 2);
  }
}
