package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of more stacks than are drawn one by one. */
class LargePageIT extends PageBrowser {
  private static final int GROUPS = 400;
  private static final int STACKS_EACH = 400;
  private static final long BYTES = 160L * GROUPS * STACKS_EACH;
  private static final long PEAK_BYTES = 1L * GROUPS * STACKS_EACH * (GROUPS * STACKS_EACH + 1L);

  @Test
  void previewIsShownUntilAllIsRead() throws IOException {
    open(manyStacks(), Metric.ALLOCATED, new FlameGraphPage(1_000));
    assertEquals(
        "1,1",
        browser()
            .evaluate(
                "['first picture', 'whole recording'].map(what => performance.getEntriesByName("
                    + "'heaplight: opened to ' + what).length).join()"));
    assertEquals(BYTES, bytes());
    assertEquals(
        GROUPS * (STACKS_EACH + 1L) + 2, (long) browser().number("heaplight.recording.stacks"));
    assertEquals(false, browser().evaluate("document.getElementById('toolbar').inert"));
  }

  @Test
  void smallFramesAreFoldedUntilOneZoomsIn() throws IOException {
    open(manyStacks());
    assertTrue(browser().number("heaplight.state().folded") > 0);
    assertEquals(BYTES, bytes());
    assertTrue(browser().number("heaplight.find('[smaller frames]').length") > 0);
    assertTrue(browser().text("folded").contains("zoom in"), browser().text("folded"));
    change("{search: 'leaf7\\\\b', regex: 'yes'}");
    // One frame in each group, drawn or not.
    assertEquals(1.0 / STACKS_EACH, browser().number("heaplight.state().matchedShare"), 1e-9);
    browser().evaluate("heaplight.zoom(heaplight.find('Group3.')[0])");
    settle();
    assertEquals(0, browser().number("heaplight.state().folded"));
    assertEquals(1, browser().number("heaplight.find('Group3.leaf7:').length"));
    assertEquals(0, browser().number("heaplight.find('Group4.').length"));
    back();
    assertEquals(0, browser().number("heaplight.state().focus"));
    assertTrue(browser().number("heaplight.state().folded") > 0);
  }

  @Test
  void zoomThatIsOvertakenByAnotherMetricTellsNothing() throws IOException {
    open(manyStacks());
    browser()
        .evaluate(
            "(window.told = [], new MutationObserver(() => told.push(document.getElementById('figures').textContent))"
                + ".observe(document.getElementById('figures'), { childList: true }))");
    browser()
        .evaluate(
            "(async () => { heaplight.zoom(heaplight.find('Job.main')[0]);"
                // Its first slice has run by then, its second one has not.
                + " for (let i = 0; i < 5; i++) await null;"
                + " await heaplight.change({ metric: 'peak' }); await heaplight.settled(); })()");
    assertEquals(PEAK_BYTES, bytes());
    // All that was ever said of the new metric are its own figures.
    assertEquals(
        List.of("%,d bytes".formatted(PEAK_BYTES)),
        browser()
            .evaluate(
                "[...new Set(told.filter(text => text.startsWith('Live at peak'))"
                    + ".map(text => text.match(/[0-9,]+ bytes/)[0]))]"));
  }

  @Test
  void matchesThatAreNotDrawnAreSaidAndSteppedTo() throws IOException {
    open(manyStacks());
    change("{search: 'leaf7\\\\b', regex: 'yes'}");
    assertEquals(
        "0.3 % of bytes in 400 matching frames, 400 of them too small to be drawn yet: zoom in to"
            + " step to them",
        browser().text("search-result"));
    browser().evaluate("document.getElementById('next').click()");
    settle();
    assertEquals(
        "com.acme.Group0.leaf7:2",
        browser().evaluate("heaplight.name(heaplight.state().selected)"));
    // What is drawn is no longer said of.
    change("{zoom: '', search: 'Group3\\\\.run'}");
    assertEquals("0.3 % of bytes in 1 matching frames", browser().text("search-result"));
  }

  @Test
  void tableListsTheLargestOfManySites() throws IOException {
    open(manyStacks());
    change("{metric: 'peak', panel: 'sites'}");
    assertEquals(
        "Sites: %,d, the 200 largest".formatted(GROUPS * STACKS_EACH),
        browser().evaluate("document.querySelector('#panel caption').textContent"));
    // Each stack has more than the one before it.
    assertEquals(
        "com.acme.Group399.leaf399:2",
        browser().evaluate("document.querySelector('#panel tbody bdi').textContent"));
    assertEquals(
        "com.acme.Group399.leaf200:2",
        browser().evaluate("[...document.querySelectorAll('#panel tbody bdi')].pop().textContent"));
    // A table that another one overtakes is not shown in its place.
    browser().evaluate("(heaplight.change({ panel: 'packages' }), 1)");
    change("{panel: 'threads'}");
    assertTrue(browser().text("panel").startsWith("Threads: 1"), browser().text("panel"));
  }

  private static Path manyStacks() throws IOException {
    TestRecording recording = TestRecording.create(file());
    Frame main = TestRecording.frame("com.acme.Job.main", 7);
    List<Integer> stacks = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      Frame outer = TestRecording.frame("com.acme.Group" + group + ".run", 1);
      for (int stack = 0; stack < STACKS_EACH; stack++) {
        Frame leaf = TestRecording.frame("com.acme.Group" + group + ".leaf" + stack, 2);
        stacks.add(recording.stack(main, outer, leaf));
        recording.allocation(stacks.get(stacks.size() - 1), "byte[]", 10, 160);
      }
    }
    recording.live(TestRecording.PEAK, stacks, "byte[]", 2);
    return recording.finish(1_000, BYTES, 3);
  }
}
