package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
}
