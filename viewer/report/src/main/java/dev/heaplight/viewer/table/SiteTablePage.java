package dev.heaplight.viewer.table;

import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.page.PageTemplate;
import dev.heaplight.viewer.page.ViewFacts;
import dev.heaplight.viewer.text.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/** The table of allocation sites as a page; only rows in sight are elements of it. */
public final class SiteTablePage {
  private static final PageTemplate PAGE =
      new PageTemplate(SiteTablePage.class, List.of("rows.js", "page.js"));

  private final SiteTable table;
  private final JsonWriter json;

  private SiteTablePage(SiteTable table, Appendable out) {
    this.table = table;
    this.json = new JsonWriter(out);
  }

  /**
   * Writes the page of {@code view} to {@code out}, which the caller closes.
   *
   * @throws IOException if {@code out} cannot be written
   */
  public static void render(MetricView view, OutputStream out) throws IOException {
    SiteTable table = SiteTable.of(view);
    PAGE.write(out, data -> new SiteTablePage(table, data).data());
  }

  /** Column by column, with strings in a table. */
  private void data() throws IOException {
    json.open('{');
    ViewFacts.write(table.view(), json);
    Map<String, Integer> strings = new LinkedHashMap<>();
    text("frames", table::frame, strings);
    text("classes", table::className, strings);
    numbers("objects", table::objects);
    json.name("metrics").open('[');
    for (Metric metric : table.metrics()) {
      json.open('{').name("heading").value(metric.heading());
      numbers("bytes", row -> table.bytes(row, metric));
      json.close('}');
    }
    json.close(']').name("strings").open('[');
    for (String string : strings.keySet()) {
      json.value(string);
    }
    json.close(']').close('}');
  }

  private void text(String name, IntFunction<String> of, Map<String, Integer> strings)
      throws IOException {
    json.name(name).open('[');
    for (int row = 0; row < table.size(); row++) {
      json.value(strings.computeIfAbsent(of.apply(row), key -> strings.size()));
    }
    json.close(']');
  }

  private void numbers(String name, IntToLongFunction of) throws IOException {
    json.name(name).open('[');
    for (int row = 0; row < table.size(); row++) {
      json.value(of.applyAsLong(row));
    }
    json.close(']');
  }
}
