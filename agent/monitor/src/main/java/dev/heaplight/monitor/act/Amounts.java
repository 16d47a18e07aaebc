package dev.heaplight.monitor.act;

import java.util.Locale;

/** Amounts of memory as people read them. */
final class Amounts {
  private static final double KB = 1024;

  private Amounts() {}

  /** For instance {@code 571.2 MiB} or {@code 27.71 GiB}. */
  static String of(long bytes) {
    double mega = bytes / KB / KB;
    return mega >= 1024
        ? String.format(Locale.ROOT, "%.2f GiB", mega / KB)
        : mega >= 1
            ? String.format(Locale.ROOT, "%.1f MiB", mega)
            : String.format(Locale.ROOT, "%.1f KiB", bytes / KB);
  }

  /** In GiB, for tables. */
  static String inGiga(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / KB / KB / KB);
  }

  /** A share, for instance {@code 0.962}. */
  static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
