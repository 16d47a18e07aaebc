package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Links to views, and steps back to them. */
class PageLinksIT extends PageBrowser {
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
}
