package dev.heaplight.viewer.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.flamegraph.Browser;
import dev.heaplight.viewer.flamegraph.FlameGraphPage;
import dev.heaplight.viewer.flamegraph.FlameGraphRenderer;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.RealisticRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture and the page of one recording, both as a browser shows them. */
class SvgAgreesWithPageIT {
  /** Share of all bytes from which on a box is compared: wide enough to be seen in both. */
  private static final double LEAST_SHARE = 0.01;

  /** Rows that the browser's window has room for. */
  private static final int ROWS = 16;

  @TempDir private static Path directory;

  @Test
  void boxesHaveThePagesOrderPlacesAndColours() throws IOException {
    Path recording =
        RealisticRecording.create(directory.resolve("test.heaplight"), 3_000, 42)
            .finish(184_250, 61_203_283_968L, 212);
    MetricView view = MetricView.allocated(RecordingModel.read(recording));
    try (Browser browser = Browser.start(directory)) {
      browser.open(write(view, new FlameGraphPage(), "page.html"));
      browser.evaluate("heaplight.ready.then(() => 1)");
      List<?> page = boxes(browser, PAGE_BOXES);
      browser.open(write(view, new SvgFlameGraph(), "picture.svg"));
      List<?> picture = boxes(browser, PICTURE_BOXES);
      assertTrue(page.size() > 30, "boxes=" + page.size());
      assertEquals(lines(page), lines(picture));
      for (int i = 0; i < page.size(); i++) {
        assertSameColour((List<?>) page.get(i), (List<?>) picture.get(i));
      }
    }
  }

  /** Boxes as name, depth, left edge in percent of the width, red, green and blue. */
  private static final String PAGE_BOXES =
      """
      (() => {
        const canvas = document.getElementById('graph-canvas');
        const at = canvas.getBoundingClientRect(), all = heaplight.box(0);
        const context = Object.assign(document.createElement('canvas'),
          { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        return heaplight.find('').map(node => [heaplight.name(node), heaplight.box(node)])
          .filter(([, box]) => box.width >= arguments[0] * all.width)
          .map(([name, box]) => [name, Math.round((box.y - all.y) / box.height),
            Math.round((box.x - all.x) / all.width * 100),
            ...context.getImageData(box.x - at.x + box.width / 2, box.y - at.y + 2, 1, 1).data].slice(0, 6));
      })()
      """;

  private static final String PICTURE_BOXES =
      """
      (() => {
        const boxes = [...document.querySelectorAll('g[id^=box]')].map(group => {
          const rect = group.querySelector('rect');
          const number = name => Number(rect.getAttribute(name));
          return { name: group.querySelector('title').textContent.split('\\n')[0].trim(), x: number('x'), y: number('y'),
            width: number('width'), fill: getComputedStyle(rect).fill.match(/[0-9]+/g).map(Number) };
        });
        const all = boxes[0];
        // A box ends one pixel before the next one begins.
        return boxes.filter(box => box.width + 1 >= arguments[0] * (all.width + 1))
          .map(box => [box.name, Math.round((box.y - all.y) / 18),
            Math.round((box.x - all.x) / (all.width + 1) * 100), ...box.fill]);
      })()
      """;

  private static Path write(MetricView view, FlameGraphRenderer renderer, String name)
      throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      renderer.render(view, out);
    }
    return file;
  }

  private static List<?> boxes(Browser browser, String script) {
    return ((List<?>) browser.evaluate(script, LEAST_SHARE))
        .stream().filter(box -> ((Number) ((List<?>) box).get(1)).intValue() < ROWS).toList();
  }

  /** What must be equal of boxes: name, depth and place. */
  private static List<String> lines(List<?> boxes) {
    return boxes.stream().map(box -> ((List<?>) box).subList(0, 3).toString()).toList();
  }

  /** One in 255 is how far browsers and Java round apart. */
  private static void assertSameColour(List<?> page, List<?> picture) {
    for (int channel = 3; channel < 6; channel++) {
      double difference =
          ((Number) page.get(channel)).doubleValue()
              - ((Number) picture.get(channel)).doubleValue();
      assertTrue(Math.abs(difference) <= 1, "page=" + page + ", picture=" + picture);
    }
  }
}
