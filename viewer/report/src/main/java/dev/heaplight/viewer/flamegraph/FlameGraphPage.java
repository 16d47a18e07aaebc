package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.Renumbering;
import dev.heaplight.viewer.page.PageTemplate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The interactive flame graph: one HTML file that needs nothing else. */
public final class FlameGraphPage implements FlameGraphRenderer {
  /** Stacks above which a page first shows its largest boxes: reading that many takes seconds. */
  private static final int MANY_STACKS = 300_000;

  private static final int PREVIEW_STACKS = 8_000;

  private static final PageTemplate PAGE =
      new PageTemplate(
          FlameGraphPage.class,
          List.of(
              "columns.js",
              "recording.js",
              "view.js",
              "slices.js",
              "selecting.js",
              "nodes.js",
              "tree.js",
              "builder.js",
              "folding.js",
              "graph.js",
              "search.js",
              "palette.js",
              "canvas.js",
              "pointing.js",
              "details.js",
              "timeline.js",
              "sums.js",
              "panel.js",
              "filters.js",
              "exporting.js",
              "menu.js",
              "app.js",
              "shown.js",
              "controls.js",
              "keys.js",
              "page.js"),
          List.of("library/pako_inflate.min.js", "library/uPlot.iife.min.js"),
          List.of("library/uPlot.min.css"));

  private final int manyStacks;

  /** A renderer for {@link java.util.ServiceLoader}. */
  public FlameGraphPage() {
    this(MANY_STACKS);
  }

  FlameGraphPage(int manyStacks) {
    this.manyStacks = manyStacks;
  }

  @Override
  public String format() {
    return "html";
  }

  @Override
  public void render(MetricView view, OutputStream out) throws IOException {
    write(
        view,
        PageContent.of(view, MetricView.all(view.model(), view.selection()), List.of()),
        PageData.Words.of(view),
        manyStacks,
        out);
  }

  /**
   * Writes the page that compares two recordings.
   *
   * @param base what it was
   * @param view what it is now
   * @param shared what frames become before they are compared; those that become equal are one
   * @throws IOException if {@code out} cannot be written
   */
  public static void renderChange(
      MetricView base, MetricView view, UnaryOperator<Frame> shared, OutputStream out)
      throws IOException {
    DictionaryBuilder dictionary = new DictionaryBuilder();
    List<MetricView> after = in(dictionary, view, shared);
    List<MetricView> before = in(dictionary, base, shared);
    MetricView shown =
        after.stream()
            .filter(its -> its.metric() == view.metric())
            .findFirst()
            .orElseThrow()
            .shaped(view.shape());
    // Said of the recordings as they are: what is made equal no longer knows all of it.
    write(
        shown,
        PageContent.of(shown, after, before),
        PageData.Words.ofChange(base, view),
        Integer.MAX_VALUE,
        out);
  }

  private static List<MetricView> in(
      DictionaryBuilder dictionary, MetricView view, UnaryOperator<Frame> shared) {
    Renumbering numbers = new Renumbering(view.model().dictionary(), dictionary, shared);
    List<MetricView> views = new ArrayList<>();
    for (MetricView its : MetricView.all(view.model(), view.selection())) {
      views.add(its.in(numbers, dictionary.dictionary()));
    }
    return views;
  }

  private static void write(
      MetricView view, PageContent content, PageData.Words words, int manyStacks, OutputStream out)
      throws IOException {
    boolean large = view.model().dictionary().stackCount() > manyStacks;
    String preview =
        large
            ? text(view, PagePreview.of(content, view.metric().key(), PREVIEW_STACKS), words)
            : "";
    String data = text(view, content, words);
    PAGE.write(out, Map.of("preview", to -> to.append(preview), "data", to -> to.append(data)));
  }

  private static String text(MetricView view, PageContent content, PageData.Words words)
      throws IOException {
    byte[] packed = new PageData(view, content, words).packed();
    return new String(Base64.getEncoder().encode(packed), StandardCharsets.ISO_8859_1);
  }
}
