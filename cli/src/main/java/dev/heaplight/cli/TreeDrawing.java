package dev.heaplight.cli;

import dev.heaplight.viewer.calls.CallBrowser;
import dev.heaplight.viewer.calls.CallOutline;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Draws a call tree into the lines of a screen, however narrow. */
final class TreeDrawing {
  /** Lines that are not rows of the tree: headings, the selected row's full text, and keys. */
  static final int OTHER_LINES = 3;

  private static final String KEYS =
      "\u2191\u2193 move  \u2192 open  \u2190 close  * all below  / search  q quit";
  private static final int WITH_OBJECTS = 70;
  private static final int WITH_BYTES = 40;

  private final CallBrowser browser;
  private final CallOutline outline;
  private final MetricView view;
  private final boolean colours;
  private final int objectsWidth;

  TreeDrawing(CallBrowser browser, MetricView view, boolean colours) {
    this.browser = browser;
    this.outline = browser.outline();
    this.view = view;
    this.colours = colours;
    this.objectsWidth = Math.max(7, Figures.count(outline.objects(0)).length());
  }

  /** All lines of a screen of that size; {@code message} takes the place of the keys. */
  List<AttributedString> lines(int height, int width, String message) {
    List<AttributedString> lines = new ArrayList<>();
    String name = PlainText.oneLine(view.model().header().name());
    lines.add(
        ScreenLine.of(
            columns("Bytes", "Share", "Objects", width) + view.metric().heading() + " of " + name,
            AttributedStyle.BOLD,
            width));
    for (int line = 0; line < height - OTHER_LINES; line++) {
      int row = browser.rowAt(line);
      lines.add(row < 0 ? AttributedString.EMPTY : line(row, width));
    }
    lines.add(selected(width));
    lines.add(
        ScreenLine.of(
            message.isEmpty() ? keys(width) : message, style(AttributedStyle.CYAN), width));
    return lines.size() > height ? lines.subList(0, Math.max(1, height)) : lines;
  }

  private String keys(int width) {
    String place =
        Figures.count(browser.selectedPlace() + 1L) + "/" + Figures.count(browser.visibleCount());
    return width > KEYS.length() + place.length() + 2 ? KEYS + "  " + place : KEYS;
  }

  private AttributedString line(int row, int width) {
    String figures =
        columns(
            Figures.bytes(outline.bytes(row)),
            Figures.percent(outline.share(row)),
            Figures.count(outline.objects(row)),
            width);
    String mark = outline.isLeaf(row) ? "  " : browser.isUnfolded(row) ? "- " : "+ ";
    boolean here = row == browser.selected();
    String rails = (here ? ">" : " ") + outline.rails(row) + mark;
    int left = width - figures.length() - rails.length();
    String full = PlainText.oneLine(outline.text(row));
    String text = full.length() <= left ? full : PlainText.oneLine(outline.shortText(row));
    AttributedStyle base = here ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(base, figures);
    line.styled(colours && !here ? AttributedStyle.DEFAULT.faint() : base, rails);
    line.styled(colours && !here ? textStyle(row) : base, text);
    return ScreenLine.shortened(line.toAttributedString(), width);
  }

  private AttributedStyle textStyle(int row) {
    if (outline.isClass(row)) {
      return style(AttributedStyle.GREEN);
    }
    return outline.leftOutNodes(row) > 0 ? style(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
  }

  private AttributedStyle style(int colour) {
    return colours ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT;
  }

  private String columns(String bytes, String share, String objects, int width) {
    if (width < WITH_BYTES) {
      return String.format("%7s ", share);
    }
    return width < WITH_OBJECTS
        ? String.format("%8s %7s ", bytes, share)
        : String.format("%8s  %7s  %" + objectsWidth + "s ", bytes, share, objects);
  }

  /** The selected row in full. */
  private AttributedString selected(int width) {
    int row = browser.selected();
    String figures =
        Figures.count(outline.bytes(row)) + " B  " + Figures.count(outline.objects(row)) + " obj  ";
    String text = (width < WITH_OBJECTS ? "" : figures) + PlainText.oneLine(outline.text(row));
    return ScreenLine.endOf(text, AttributedStyle.BOLD, width);
  }
}
