package dev.heaplight.viewer.text;

import java.util.Locale;

/** Figures for people. The same in every locale, so that two reports can be compared as text. */
public final class Figures {
  private static final String[] BINARY_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Figures() {}

  /** Bytes in the largest binary unit that leaves at least 1, with three digits: 1.25 GiB. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    // 1023.5 and more would be printed as 1024 of the smaller unit.
    while (value >= 1023.5 && unit < BINARY_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    if (unit == 0) {
      return bytes + " B";
    }
    String pattern = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, pattern, value, BINARY_UNITS[unit]);
  }

  /** A whole number with separators: 1,234,567. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A share with one decimal: 99.8 %. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** A duration in its two largest units: 412 ms, 3.4 s, 2 min 5 s, 3 h 12 min. */
  public static String duration(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%d.%d s", millis / 1000, millis % 1000 / 100);
    }
    long seconds = millis / 1000;
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : String.format(Locale.ROOT, "%,d h %d min", seconds / 3600, seconds % 3600 / 60);
  }
}
