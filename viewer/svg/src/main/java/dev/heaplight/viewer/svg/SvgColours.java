package dev.heaplight.viewer.svg;

import dev.heaplight.viewer.flamegraph.FlameLabel;
import java.awt.Color;

/** Colours of a picture, those of the page's light scheme. */
final class SvgColours {
  static final Color SURFACE = Color.WHITE;
  static final Color TEXT = new Color(0x22252A);
  static final Color MUTED = new Color(0x666B73);
  static final Color CAVEAT_SURFACE = new Color(0xFFF6DC);
  static final Color CAVEAT_LINE = new Color(0xD9A514);
  static final Color CAVEAT_TEXT = new Color(0x594206);
  static final Color JDK = hsl(214, 13, 82);
  static final Color ALLOCATED = hsl(163, 38, 65);
  static final Color APPLICATION = hsl(28, 72, 78);

  private static final Color ROOT = new Color(0xE7E3DA);
  private static final Color MARKER = new Color(0xECEBE6);
  private static final int[] HUES = {
    204, 214, 224, 234, 244, 254, 264, 274, 346, 358, 10, 20, 28, 36, 44, 52
  };

  private SvgColours() {}

  /** One hue per library, shaded by package; grey for the JDK, green for allocated classes. */
  static Color of(FlameLabel label) {
    String packageName = packageOf(label.className());
    int shade = Integer.remainderUnsigned(hash(packageName), 9);
    return switch (label.kind()) {
      case ROOT -> ROOT;
      case MARKER -> MARKER;
      case JDK -> hsl(214, 13, 80 + shade);
      case ALLOCATED_CLASS -> hsl(163, 38, 60 + shade * 1.3);
      case APPLICATION -> {
        int library = Integer.remainderUnsigned(hash(library(packageName)), HUES.length);
        yield hsl(HUES[library] + (shade % 3) * 3 - 3, 72, 74 + shade * 1.1);
      }
    };
  }

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  private static String library(String packageName) {
    int first = packageName.indexOf('.');
    int second = first < 0 ? -1 : packageName.indexOf('.', first + 1);
    return second < 0 ? packageName : packageName.substring(0, second);
  }

  /** FNV-1a, as in canvas.js, so that a package has the same colour in the page. */
  private static int hash(String text) {
    int h = 0x811C9DC5;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x01000193;
    }
    return h ^ (h >>> 15);
  }

  private static Color hsl(double hue, double saturation, double lightness) {
    double l = lightness / 100;
    double chroma = saturation / 100 * Math.min(l, 1 - l);
    return new Color(
        channel(0, hue, l, chroma), channel(8, hue, l, chroma), channel(4, hue, l, chroma));
  }

  /** The formula of CSS Color Module Level 4, section 7.1. */
  private static float channel(int offset, double hue, double lightness, double chroma) {
    double k = (offset + hue / 30) % 12;
    return (float) (lightness - chroma * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1)));
  }
}
