package dev.heaplight.viewer.flamegraph;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.heaplight.viewer.recordings.RealisticRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * How large and how fast a large page is, by its own measurements. Taken when asked for, by {@code
 * -Dheaplight.page.stacks=1000000}; see docs/BENCHMARKS.md. Asserts sizes and no times.
 */
class PageFiguresIT extends PageBrowser {
  private static final String PROPERTY = "heaplight.page.stacks";
  private static final long MOST_BYTES = 25_000_000;

  @Test
  void pageOfManyStacks() throws IOException {
    String asked = System.getProperty(PROPERTY, "");
    assumeFalse(asked.isEmpty(), "figures of a large page not taken: -D" + PROPERTY + "=N asks");
    int stacks = Integer.parseInt(asked);
    Path recording =
        RealisticRecording.create(file(), stacks, 42).finish(184_250, 61_203_283_968L, 212);
    open(recording);
    long size = Files.size(recording.resolveSibling("page.html"));
    say("stacks %,.0f, page %,d bytes", browser().number("heaplight.recording.stacks"), size);
    measured("opening");
    for (String name : new String[] {"Job", "run", "read"}) {
      browser()
          .evaluate(
              "(found => found.length && heaplight.zoom(found[0]))(heaplight.find(arguments[0]))",
              name);
      settle();
      change("{zoom: ''}");
    }
    measured("zooming");
    change("{search: '(Map|List).*(put|add)', regex: 'yes'}");
    settle();
    measured("searching");
    change("{search: '', regex: 'no', unit: 'objects'}");
    settle();
    measured("other unit");
    change("{tree: 'up'}");
    settle();
    measured("classes first");
    change("{tree: 'down', recursion: 'collapsed'}");
    measured("recursion collapsed");
    change("{recursion: 'shown', panel: 'sites'}");
    measured("all again, with a table");
    assertTrue(size <= MOST_BYTES, "page: bytes=" + size + ", expected=at most " + MOST_BYTES);
  }

  /** Prints the longest of each kind of measurement since the last call. */
  private static void measured(String what) {
    Object longest =
        browser()
            .evaluate(
                "(() => { const kinds = {};"
                    + " for (const { name, duration } of performance.getEntriesByType('measure')) {"
                    + " const kind = kinds[name] ||= { count: 0, longest: 0, sum: 0 };"
                    + " kind.count++; kind.sum += duration;"
                    + " kind.longest = Math.max(kind.longest, duration); }"
                    + " performance.clearMeasures();"
                    + " return Object.entries(kinds).map(([name, kind]) => name.slice(11) + ': '"
                    + " + kind.count + ' of at most ' + kind.longest.toFixed(0) + ' ms, sum '"
                    + " + kind.sum.toFixed(0) + ' ms').join('; '); })()");
    say("%s: %s", what, longest);
  }

  private static void say(String format, Object... values) {
    System.out.println("[figures] " + String.format(java.util.Locale.ROOT, format, values));
  }
}
