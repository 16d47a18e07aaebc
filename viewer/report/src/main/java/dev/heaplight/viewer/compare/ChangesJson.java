package dev.heaplight.viewer.compare;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.text.StackText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Changes as one JSON object; docs/CLI.md lists its keys. */
public final class ChangesJson {
  private ChangesJson() {}

  /**
   * Writes {@code changes} and a line feed.
   *
   * @param top how many changes to list at most, of those that grew and of those that shrank
   */
  public static void write(Changes changes, int top, Appendable out) throws IOException {
    Comparison comparison = changes.comparison();
    JsonWriter json = new JsonWriter(out).open('{');
    json.name("metric").value(comparison.base().metric().key());
    side(json, "base", comparison.base());
    side(json, "new", comparison.next());
    json.name("scaling").value(comparison.scaling().name().toLowerCase(Locale.ROOT));
    json.name("scale").value((Object) comparison.factor());
    for (ChangeKind kind :
        List.of(ChangeKind.NEW, ChangeKind.GREW, ChangeKind.SHRANK, ChangeKind.GONE)) {
      List<Change> found = changes.of(kind);
      json.name(kind.key() + "Rows").value(found.size());
      json.name(kind.key() + "Bytes").value(found.stream().mapToLong(Change::grownBytes).sum());
    }
    json.name("caveats").open('[');
    for (String caveat : ComparisonCaveats.ofBoth(comparison.base(), comparison.next())) {
      json.value(caveat);
    }
    json.close(']');
    json.name("changes").open('[');
    List<Change> all = changes.all();
    long more = all.stream().filter(change -> change.grownBytes() > 0).count();
    for (int i = 0; i < all.size(); i++) {
      boolean listed = i < more ? i < top : all.size() - i <= top;
      if (listed) {
        change(json, comparison.dictionary(), all.get(i));
      }
    }
    json.close(']');
    json.close('}');
    out.append('\n');
  }

  private static void side(JsonWriter json, String name, MetricView view) throws IOException {
    json.name(name).open('{');
    json.name("file").value(view.model().file().toString());
    json.name("recordings").value(view.model().recordings());
    json.name("complete").value((Object) view.model().complete());
    json.name("bytes").value(view.totals().totalBytes());
    json.name("objects").value(view.totals().totalObjects());
    json.name("caveats").open('[');
    for (String caveat : ComparisonCaveats.of(view)) {
      json.value(caveat);
    }
    json.close(']');
    json.close('}');
  }

  private static void change(JsonWriter json, Dictionary dictionary, Change change)
      throws IOException {
    json.open('{');
    json.name("change").value(change.kind().key());
    json.name("grownBytes").value(change.grownBytes());
    json.name("grownObjects").value(change.grownObjects());
    json.name("baseBytes").value(change.baseBytes());
    json.name("baseObjects").value(change.baseObjects());
    json.name("newBytes").value(change.newBytes());
    json.name("newObjects").value(change.newObjects());
    json.name("class").value(dictionary.string(change.className()));
    json.name("frames").open('[');
    for (String line : StackText.lines(dictionary, change.stack())) {
      json.value(line);
    }
    json.close(']');
    json.close('}');
  }
}
