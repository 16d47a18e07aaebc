package dev.heaplight.viewer.svg;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.flamegraph.FlameGraph;
import dev.heaplight.viewer.flamegraph.FlameLabel;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.MomentText;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;

/** One picture: title, figures, caveats, graph and legend from top to bottom. */
final class SvgPicture {
  private static final int WIDTH = 1400;
  private static final int MARGIN = 20;
  private static final int GRAPH_WIDTH = WIDTH - 2 * MARGIN;
  private static final int ROW = 18;
  private static final int LINE = 19;
  private static final int PADDING = 5;

  /** A label cut to fewer characters tells nothing. */
  private static final int LEAST_LABEL = 4;

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font LABEL = new Font(Font.MONOSPACED, Font.PLAIN, 11);

  private final RecordingModel model;
  private final MetricView view;
  private final FlameGraph graph;
  private final SvgLayout layout;
  private final List<String> caveats = new ArrayList<>();
  private final SVGGraphics2D canvas;
  private double y = MARGIN;

  SvgPicture(MetricView view, FlameGraph graph) {
    this.model = view.model();
    this.view = view;
    this.graph = graph;
    this.layout = new SvgLayout(graph, GRAPH_WIDTH);
    for (String caveat : view.caveats()) {
      caveats.addAll(
          SvgText.wrap(SvgText.clean(caveat), GRAPH_WIDTH - 4 * PADDING, TEXT.getSize()));
    }
    int textLines = 3 + caveats.size() + omissions().size();
    int height = 2 * MARGIN + (textLines + 4) * LINE + Math.max(1, layout.rows()) * ROW;
    canvas = new SVGGraphics2D(WIDTH, height);
    canvas.setGeomDoubleConverter(SvgPicture::decimals);
    canvas.setColor(SvgColours.SURFACE);
    canvas.fill(new Rectangle2D.Double(0, 0, WIDTH, height));
  }

  /** A hundredth of a pixel is enough, and halves the size of the file. */
  private static String decimals(double value) {
    long hundredths = Math.round(value * 100);
    return hundredths % 100 == 0
        ? Long.toString(hundredths / 100)
        : Double.toString(hundredths / 100.0);
  }

  /** Draws everything and returns the document. */
  String draw() {
    heading();
    caveats();
    y += LINE / 2.0;
    if (graph.bytes(0) == 0) {
      line(view.metric().nothing(), TEXT, SvgColours.TEXT);
    } else {
      boxes();
    }
    y += LINE / 2.0;
    for (String omission : omissions()) {
      line(omission, TEXT, SvgColours.MUTED);
    }
    legend();
    return canvas.getSVGDocument();
  }

  private void heading() {
    RecordingHeader header = model.header();
    Metric metric = view.metric();
    String subject = metric == Metric.ALLOCATED ? "" : ", " + metric.words();
    line("Heaplight flame graph" + subject + ": " + header.name(), TITLE, SvgColours.TEXT);
    line(figures(), TEXT, SvgColours.TEXT);
    String host = header.host().isEmpty() ? "an unknown host" : header.host();
    String id = header.id().isEmpty() ? "" : " " + header.id();
    line(
        header.kind()
            + id
            + ", process "
            + header.pid()
            + " on "
            + host
            + ", "
            + header.jvm()
            + ", "
            + header.mode()
            + " mode",
        TEXT,
        SvgColours.MUTED);
  }

  private String figures() {
    StringBuilder figures = new StringBuilder();
    figures.append(Figures.bytes(view.totals().totalBytes())).append(' ');
    figures.append(view.metric().words()).append(" in ");
    figures.append(Figures.count(view.totals().totalObjects())).append(" objects");
    LiveHeader moment = view.moment();
    if (moment != null) {
      return figures.append(", ").append(MomentText.of(moment)).toString();
    }
    model.durationMillis().ifPresent(ms -> figures.append(" over ").append(Figures.duration(ms)));
    if (view.metric() == Metric.ALLOCATED && model.coverage().isPresent()) {
      String share = Figures.percent(model.coverage().getAsDouble());
      figures.append("; ").append(share).append(" of the JVM's count");
    }
    return figures.toString();
  }

  private void caveats() {
    if (caveats.isEmpty()) {
      return;
    }
    double height = caveats.size() * LINE + 2.0 * PADDING;
    y += PADDING;
    canvas.setColor(SvgColours.CAVEAT_SURFACE);
    canvas.fill(new Rectangle2D.Double(MARGIN, y, GRAPH_WIDTH, height));
    canvas.setColor(SvgColours.CAVEAT_LINE);
    canvas.fill(new Rectangle2D.Double(MARGIN, y, 4, height));
    y += PADDING;
    for (String caveat : caveats) {
      text(
          caveat,
          MARGIN + 2.0 * PADDING,
          GRAPH_WIDTH - 3.0 * PADDING,
          TEXT,
          SvgColours.CAVEAT_TEXT);
      y += LINE;
    }
    y += PADDING;
  }

  private void boxes() {
    for (int node = 0; node < graph.size(); node++) {
      if (layout.isDrawn(node)) {
        box(node);
      }
    }
    y += layout.rows() * ROW;
  }

  private void box(int node) {
    FlameLabel label = graph.label(node);
    String name = SvgText.clean(label.text());
    double left = MARGIN + layout.left(node);
    double width = layout.width(node);
    double top = y + (double) graph.depth(node) * ROW;
    double gap = width > 3 ? 1 : 0;
    canvas.setRenderingHint(SVGHints.KEY_BEGIN_GROUP, "box" + node);
    canvas.setRenderingHint(SVGHints.KEY_ELEMENT_TITLE, SvgText.escape(tooltip(node, name)));
    canvas.setColor(SvgColours.of(label));
    canvas.fill(new Rectangle2D.Double(left, top, width - gap, ROW - 1.0));
    String shown = shown(label, name, width - 2 * PADDING);
    if (!shown.isEmpty()) {
      canvas.setFont(LABEL);
      canvas.setColor(SvgColours.TEXT);
      canvas.drawString(SvgText.escape(shown), (float) (left + PADDING), (float) (top + ROW - 6));
    }
    canvas.setRenderingHint(SVGHints.KEY_END_GROUP, "");
  }

  /** The whole name if it fits, else without its package, cut where the box ends. */
  private static String shown(FlameLabel label, String name, double room) {
    if (SvgText.width(name, LABEL.getSize()) <= room) {
      return name;
    }
    String shortName = SvgText.clean(label.shortText());
    String shown = SvgText.fit(shortName, room, LABEL.getSize());
    return shown.length() < Math.min(LEAST_LABEL, shortName.length()) ? "" : shown;
  }

  private String tooltip(int node, String name) {
    return String.format(
        "%s%n%s (%s bytes), %s objects, %s of all bytes",
        name,
        Figures.bytes(graph.bytes(node)),
        Figures.count(graph.bytes(node)),
        Figures.count(graph.objects(node)),
        Figures.percent((double) graph.bytes(node) / graph.bytes(0)));
  }

  private List<String> omissions() {
    List<String> lines = new ArrayList<>();
    if (layout.omitted() > 0) {
      lines.add(
          Figures.count(layout.omitted())
              + " frames narrower than half a pixel, less than "
              + Figures.bytes(layout.leastBytes())
              + " each, are not drawn.");
    }
    if (graph.foldedNodes() > 0) {
      lines.add(
          Figures.count(graph.foldedNodes())
              + " frames of at most "
              + Figures.bytes(graph.largestFoldedBytes())
              + " each are drawn together as [smaller frames].");
    }
    return lines;
  }

  private void legend() {
    double x = MARGIN;
    x = legend(x, SvgColours.APPLICATION, "Application and libraries, one hue per library");
    x = legend(x, SvgColours.JDK, "JDK");
    legend(x, SvgColours.ALLOCATED, "Allocated class");
  }

  private double legend(double x, Color colour, String name) {
    canvas.setColor(colour);
    canvas.fill(new Rectangle2D.Double(x, y + 3, 14, 12));
    text(name, x + 20, GRAPH_WIDTH, TEXT, SvgColours.MUTED);
    return x + 36 + SvgText.width(name, TEXT.getSize());
  }

  private void line(String text, Font font, Color colour) {
    double height = LINE * font.getSize() / (double) TEXT.getSize();
    text(SvgText.clean(text), MARGIN, GRAPH_WIDTH, font, colour);
    y += height;
  }

  private void text(String text, double x, double room, Font font, Color colour) {
    canvas.setFont(font);
    canvas.setColor(colour);
    canvas.drawString(
        SvgText.escape(SvgText.fit(text, room, font.getSize())),
        (float) x,
        (float) (y + font.getSize()));
  }
}
