package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
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

  @Test
  void savedSvgHasTheTitleAndTheBoxes() throws IOException {
    open(everything());
    change("{from: 0, to: 1000}");
    Map<?, ?> saved = saved("save-svg", "blob.text()");
    assertEquals("heaplight-allocated-test.svg", saved.get("name"));
    assertEquals("image/svg+xml", saved.get("type"));
    String parsed =
        "new DOMParser().parseFromString(arguments[0], 'image/svg+xml').documentElement";
    Object svg = Objects.requireNonNull(saved.get("content"));
    assertEquals(
        "allocate_memory – Heaplight flame graph",
        browser().evaluate(parsed + ".querySelector('title').textContent", svg));
    assertEquals(
        "allocate_memory · Allocated in 0.00 s to 1.00 s: 6.00 KiB in 14 objects",
        browser().evaluate(parsed + ".querySelector('text').textContent", svg));
    assertEquals(
        browser().number("heaplight.state().drawn"),
        browser().number(parsed + ".querySelectorAll('svg > rect').length", svg) - 2,
        "boxes, beside two surfaces");
  }

  @Test
  void savedPngIsTheViewBelowItsTitle() throws IOException {
    openSmall();
    Map<?, ?> saved =
        saved(
            "save-png",
            "Promise.all([blob.arrayBuffer(), createImageBitmap(blob)]).then(([bytes, picture]) => {"
                + " const shown = document.getElementById('graph-canvas'), below ="
                + " picture.height - shown.height, context = "
                + READABLE
                + "(picture);"
                + " const box = heaplight.box(heaplight.find('Job.run')[0]), at ="
                + " shown.getBoundingClientRect();"
                + " const pixels = context.getImageData(0, 0, picture.width, below).data;"
                + " return { magic: [...new Uint8Array(bytes, 0, 8)].join(), below,"
                + " width: picture.width - shown.width,"
                + " dark: pixels.filter((value, i) => i % 4 === 0 && value < 100).length,"
                + " box: [...context.getImageData(box.x - at.x + box.width / 2,"
                + " box.y - at.y + 3 + below, 1, 1).data].slice(0, 3) }; })");
    assertEquals("heaplight-allocated-test.png", saved.get("name"));
    assertEquals("image/png", saved.get("type"));
    Map<?, ?> picture = (Map<?, ?>) Objects.requireNonNull(saved.get("content"));
    assertEquals("137,80,78,71,13,10,26,10", picture.get("magic"));
    assertEquals(0L, picture.get("width"));
    assertEquals(28L, picture.get("below"));
    assertTrue((Long) Objects.requireNonNull(picture.get("dark")) > 200, "a title of dark letters");
    assertEquals(pixel(node("Job.run")), picture.get("box"));
  }

  @Test
  void longNameLeavesRoomForTheFiguresInATitle() throws IOException {
    TestRecording recording = TestRecording.create(file(), "x".repeat(10_000), Map.of());
    open(recording.allocation("byte[]", 1, 16, PageSample.MAIN).finish(1, 16, 0));
    String title =
        browser()
            .evaluate(
                "new DOMParser().parseFromString(heaplight.svg(), 'image/svg+xml')"
                    + ".querySelector('text').textContent")
            .toString();
    assertTrue(title.matches("x{50,200}… · Allocated: 16 B in 1 objects"), title);
  }

  /**
   * What a button would have saved: its name, type and content as an expression of {@code blob}.
   */
  private static Map<?, ?> saved(String button, String content) {
    return (Map<?, ?>)
        browser()
            .evaluate(
                "new Promise(done => { const made = URL.createObjectURL; let blob;"
                    + " URL.createObjectURL = given => made.call(URL, blob = given);"
                    + " HTMLAnchorElement.prototype.click = function() { const name = this.download;"
                    + " Promise.resolve("
                    + content
                    + ").then(content => done({ name, type: blob.type, content })); };"
                    + " document.getElementById(arguments[0]).click(); })",
                button);
  }
}
