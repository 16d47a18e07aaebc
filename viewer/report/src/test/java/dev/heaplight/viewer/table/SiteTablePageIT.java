package dev.heaplight.viewer.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.flamegraph.Browser;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page in a real browser. Needs Chromium and its driver on the path; skipped without them,
 * unless {@code HEAPLIGHT_REQUIRE_BROWSER=1}.
 */
class SiteTablePageIT {
  private static final String HOSTILE =
      "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
  private static final int MANY = 100_000;

  @TempDir private static Path directory;
  private static @Nullable Browser started;

  @BeforeAll
  static void startBrowser() throws IOException {
    started = Browser.start(directory);
  }

  @AfterAll
  static void stopBrowser() {
    if (started != null) {
      started.close();
    }
  }

  @AfterEach
  void consoleIsSilentAndNothingIsRequested() {
    assertEquals(List.of(), browser().consoleMessages());
    List<String> others =
        browser().requests().stream()
            .filter(url -> !url.endsWith("/page.html") && !url.startsWith("data:"))
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void rowsAreSortedByTheHeadingThatIsClickedByKeyboardToo() throws IOException {
    TestRecording recording = create("sites");
    recording.allocation("byte[]", 2, 900, TestRecording.frame("b.Two.run", 1));
    recording.allocation("char[]", 7, 500, TestRecording.frame("a.One.run", 1));
    open(recording);
    assertEquals("b.Two.run(Two.java:1) a.One.run(One.java:1)", firstColumn());
    assertEquals("descending", sortOf(2));
    browser().evaluate("document.querySelectorAll('th button')[4].focus()");
    browser().press(Keys.ENTER);
    assertEquals("a.One.run(One.java:1) b.Two.run(Two.java:1)", firstColumn());
    assertEquals("descending", sortOf(4));
    browser().press(Keys.ENTER);
    assertEquals("ascending", sortOf(4));
    assertEquals("b.Two.run(Two.java:1) a.One.run(One.java:1)", firstColumn());
    browser().press(Keys.TAB);
    assertEquals("Average size", browser().evaluate("document.activeElement.textContent"));
  }

  @Test
  void filterSaysWhatItLeaves() throws IOException {
    TestRecording recording = create("sites");
    recording.allocation("byte[]", 2, 900, TestRecording.frame("b.Two.run", 1));
    recording.allocation("char[]", 7, 100, TestRecording.frame("a.One.run", 1));
    open(recording);
    assertEquals("2 sites", browser().text("search-result"));
    browser().press("/", "one CHAR");
    assertEquals("1 of 2 sites: 100 B, 10.0 %", browser().text("search-result"));
    assertEquals("a.One.run(One.java:1)", firstColumn());
    browser().press(Keys.ESCAPE);
    assertEquals("2 sites", browser().text("search-result"));
    browser().evaluate("document.getElementById('regex').click()");
    browser().press("/", "(");
    assertEquals("not a regular expression", browser().text("search-result"));
    browser().press(Keys.BACK_SPACE, "^b");
    assertEquals("1 of 2 sites: 900 B, 90.0 %", browser().text("search-result"));
  }

  @Test
  void hostileNamesAreText() throws IOException {
    TestRecording recording = create(HOSTILE);
    recording.allocation(HOSTILE, 1, 16, TestRecording.frame("a.B." + HOSTILE, 1));
    open(recording);
    assertEquals(0.0, browser().number("document.images.length"));
    assertTrue(browser().evaluate("document.title").toString().endsWith("– Heaplight table"));
    assertTrue(firstColumn().contains("<img src=x onerror="), firstColumn());
  }

  @Test
  void hundredThousandRowsAreOnlyThereInSight() throws IOException {
    TestRecording recording = create("many");
    for (int i = 0; i < MANY; i++) {
      recording.allocation(
          "byte[]", 1, 16 + i, TestRecording.frame("a.Site" + i % 400 + ".run", i));
    }
    open(recording);
    assertEquals("100,000 sites", browser().text("search-result"));
    assertEquals(
        16L * MANY + (MANY - 1L) * MANY / 2, (long) browser().number("heaplight.sites.totals[0]"));
    assertTrue(browser().number("document.querySelectorAll('tbody tr').length") < 200);
    assertEquals(28.0, browser().number("document.querySelectorAll('tbody tr')[1].offsetHeight"));
    browser().evaluate("document.getElementById('view').scrollTop = 1e9");
    browser().evaluate("document.getElementById('view').dispatchEvent(new Event('scroll'))");
    assertEquals(
        "a.Site0.run(Site0.java)",
        browser()
            .evaluate(
                "[...document.querySelectorAll('tbody tr:not(.space)')].pop().cells[0].textContent"));
    assertEquals(
        "100001",
        browser().evaluate("document.getElementById('table').getAttribute('aria-rowcount')"));
  }

  private static String sortOf(int column) {
    return browser()
        .evaluate("document.querySelectorAll('th')[arguments[0]].getAttribute('aria-sort')", column)
        .toString();
  }

  private static String firstColumn() {
    return browser()
        .evaluate(
            "[...document.querySelectorAll('tbody tr:not(.space)')]"
                + ".map((row) => row.cells[0].textContent).join(' ')")
        .toString();
  }

  private static TestRecording create(String name) throws IOException {
    return TestRecording.create(directory.resolve("test.heaplight"), name, Map.of());
  }

  private static void open(TestRecording recording) throws IOException {
    Path file = recording.finish(1, 1, 0);
    Path page = directory.resolve("page.html");
    try (OutputStream out = Files.newOutputStream(page)) {
      SiteTablePage.render(MetricView.allocated(RecordingModel.read(file)), out);
    }
    Files.delete(file);
    browser().open(page);
  }

  private static Browser browser() {
    if (started == null) {
      throw new IllegalStateException("no browser was started");
    }
    return started;
  }
}
