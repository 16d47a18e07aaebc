package dev.heaplight.viewer.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallBrowserTest {
  @TempDir Path directory;
  private CallOutline outline;
  private CallBrowser browser;

  @BeforeEach
  void open() throws IOException {
    MetricView view = MetricView.allocated(RecordingModel.read(CallOutlineTest.sample(directory)));
    outline = CallOutline.of(view, 0);
    browser = new CallBrowser(outline);
    browser.resize(20);
  }

  @Test
  void startsUnfoldedDownToTheFirstChoice() {
    assertEquals(
        List.of(">all allocations", "a.Main.main:1", "a.Big.run:2", "a.Small.run:4"), lines());
  }

  @Test
  void openingGoesDownToTheNextChoiceAndThenMovesOn() {
    browser.move(2);
    browser.open();
    assertEquals(
        List.of(
            "all allocations",
            "a.Main.main:1",
            ">a.Big.run:2",
            "a.Big.loop:3",
            "byte[]",
            "char[]",
            "a.Small.run:4"),
        lines());
    browser.open();
    assertEquals("a.Big.loop:3", outline.text(browser.selected()));
  }

  @Test
  void closingFoldsAndThenGoesToTheCaller() {
    browser.move(1);
    browser.close();
    assertEquals(List.of("all allocations", ">a.Main.main:1"), lines());
    browser.close();
    assertEquals(List.of(">all allocations", "a.Main.main:1"), lines());
    browser.toggle();
    assertEquals(List.of(">all allocations"), lines());
    browser.toggle();
    assertEquals(4, browser.visibleCount());
  }

  @Test
  void openingAllShowsEveryRowBelow() {
    browser.openAll();
    assertEquals(outline.size(), browser.visibleCount());
  }

  @Test
  void searchUnfoldsAndStartsAgainAtTheOtherEnd() {
    assertTrue(browser.find("INT[]", true));
    assertEquals("int[]", outline.text(browser.selected()));
    assertFalse(lines().contains("byte[]"), "what was not found stays folded");
    assertTrue(browser.find("a.Main", true));
    assertEquals("a.Main.main:1", outline.text(browser.selected()));
    assertTrue(browser.find("[]", false));
    assertEquals("int[]", outline.text(browser.selected()));
    assertFalse(browser.find("nowhere", true));
    assertEquals("int[]", outline.text(browser.selected()));
  }

  @Test
  void selectedRowStaysInSight() {
    browser.resize(2);
    browser.move(Integer.MAX_VALUE);
    assertEquals(List.of("a.Big.run:2", ">a.Small.run:4"), lines());
    browser.move(Integer.MIN_VALUE);
    assertEquals(List.of(">all allocations", "a.Main.main:1"), lines());
    browser.page(1);
    assertEquals(List.of("all allocations", ">a.Main.main:1"), lines());
    browser.resize(0);
    assertEquals(List.of(">a.Main.main:1"), lines());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < browser.height() && browser.rowAt(line) >= 0; line++) {
      int row = browser.rowAt(line);
      lines.add((row == browser.selected() ? ">" : "") + outline.text(row));
    }
    return lines;
  }
}
