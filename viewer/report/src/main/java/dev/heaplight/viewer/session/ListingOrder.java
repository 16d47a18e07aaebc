package dev.heaplight.viewer.session;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/** What recordings are sorted by: names from A to Z, the earliest first, or the largest first. */
public enum ListingOrder {
  /** Name of the scope. */
  NAME,
  /** Bytes allocated. */
  BYTES,
  /** Bytes alive at the peak. */
  PEAK,
  /** When the scope was opened. */
  TIME,
  /** Size of the file. */
  SIZE;

  /** Orders recordings; equal ones by their path. */
  public Comparator<Listing> comparator() {
    Comparator<Listing> order =
        switch (this) {
          case NAME -> Comparator.comparing(Listing::name);
          case BYTES -> largest(Listing::allocatedBytes);
          case PEAK -> largest(Listing::peakBytes);
          case TIME -> Comparator.comparingLong(Listing::startEpochMillis);
          case SIZE -> largest(Listing::sizeBytes);
        };
    return order.thenComparing(Listing::file);
  }

  private static Comparator<Listing> largest(ToLongFunction<Listing> figure) {
    return Comparator.comparingLong(figure).reversed();
  }
}
