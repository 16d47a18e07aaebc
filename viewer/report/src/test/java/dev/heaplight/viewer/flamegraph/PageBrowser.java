package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser. Needs Chromium and its driver on the path; skipped without them,
 * unless {@code HEAPLIGHT_REQUIRE_BROWSER=1}.
 */
abstract class PageBrowser {
  /** A function from a canvas to one like it whose pixels the browser likes to be asked for. */
  static final String READABLE =
      "(c => { const copy = document.createElement('canvas'); copy.width = c.width;"
          + " copy.height = c.height; const context ="
          + " copy.getContext('2d', { willReadFrequently: true });"
          + " context.drawImage(c, 0, 0); return context; })";

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
            .filter(url -> !url.replaceAll("#.*", "").endsWith("/page.html"))
            .filter(url -> !url.startsWith("data:") && !url.equals("about:blank"))
            .toList();
    assertEquals(List.of(), others);
  }

  static Browser browser() {
    if (started == null) {
      throw new IllegalStateException("no browser");
    }
    return started;
  }

  static String path() {
    return browser().evaluate("document.getElementById('path').textContent").toString();
  }

  static long bytes() {
    return (long) browser().number("heaplight.state().bytes");
  }

  static long node(String name) {
    return (long) browser().number("heaplight.find(arguments[0])[0]", name);
  }

  static void openRealistic() throws IOException {
    open(RealisticRecording.create(file(), 3_000, 42).finish(184_250, 61_203_283_968L, 212));
  }

  static void openSmall() throws IOException {
    TestRecording recording = TestRecording.create(file());
    var main = TestRecording.frame("com.acme.Job.main", 7);
    recording.allocation("byte[]", 1, 3_072, main, TestRecording.frame("com.acme.Job.run", 42));
    recording.allocation("int[]", 3, 1_024, main, TestRecording.frame("com.acme.Job.end", 43));
    open(recording.finish(1_000, 4_096, 3));
  }

  static Path file() throws IOException {
    return Files.createTempDirectory(directory, "page").resolve("test.heaplight");
  }

  static Path everything() throws IOException {
    return PageSample.everything(file());
  }

  static void open(Path recording) throws IOException {
    open(recording, Metric.ALLOCATED);
  }

  static void open(Path recording, Metric metric) throws IOException {
    open(recording, metric, new FlameGraphPage());
  }

  static void open(Path recording, Metric metric, FlameGraphPage renderer) throws IOException {
    RecordingModel model = RecordingModel.read(recording, TimeWindow.WHOLE.withSlices());
    Path page = recording.resolveSibling("page.html");
    try (OutputStream out = Files.newOutputStream(page)) {
      renderer.render(MetricView.of(model, metric).orElseThrow(), out);
    }
    browser().open(page);
    awaitPage();
  }

  static void openChange(Path base, Path now) throws IOException {
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

  /** Until the page has drawn its recording. */
  static void awaitPage() {
    browser()
        .evaluate(
            "new Promise(r => { const t = () => window.heaplight"
                + " ? heaplight.ready.then(() => r(1)) : setTimeout(t, 5); t(); })");
  }

  /** Red, green and blue in the middle of a graph's box, above its text. */
  static List<Long> pixel(long node) {
    Object rgb =
        browser()
            .evaluate(
                // What is asked to be drawn is, before the frame after the next.
                "new Promise(r => requestAnimationFrame(() => setTimeout(r))).then(() => {"
                    + " const b = heaplight.box(arguments[0]);"
                    + " const c = document.getElementById('graph-canvas');"
                    + " const a = c.getBoundingClientRect(), r = c.width / a.width;"
                    + " return [..."
                    + READABLE
                    + "(c).getImageData((b.x - a.x + b.width / 2) * r,"
                    + " (b.y - a.y + 3) * r, 1, 1).data].slice(0, 3); })",
                node);
    return ((List<?>) rgb).stream().map(value -> ((Number) value).longValue()).toList();
  }

  /** Until what was last done in the page is shown. */
  static void settle() {
    browser()
        .evaluate(
            // Two frames: what was done has come to the page's listeners by then.
            "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " heaplight.settled().then(() => r(1)))))");
  }

  /** Goes back to the view before, as the browser's button does. */
  static void back() {
    browser()
        .evaluate(
            "new Promise(r => { addEventListener('popstate', () => r(1), { once: true });"
                + " history.back(); })");
    settle();
  }

  /** Changes the page's view, as its controls do. */
  static void change(String part) {
    browser().evaluate("heaplight.change(" + part + ").then(() => 1)");
  }
}
