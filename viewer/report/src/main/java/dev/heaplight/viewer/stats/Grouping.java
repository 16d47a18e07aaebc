package dev.heaplight.viewer.stats;

import java.util.Locale;

/** What a recording's bytes can be ranked by. */
public enum Grouping {
  /** Allocated class at an innermost frame. */
  SITE,
  /** Allocated class, or kind of memory. */
  CLASS,
  /** Package of the innermost frame's class: whose code allocated. */
  PACKAGE,
  /** Name of the allocating thread. */
  THREAD;

  /** Name on a command line and in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
