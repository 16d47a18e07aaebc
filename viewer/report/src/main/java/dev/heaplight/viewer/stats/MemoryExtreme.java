package dev.heaplight.viewer.stats;

import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Least and most of one kind of the process's memory over the samples of a recording.
 *
 * @param minBytes least bytes
 * @param maxBytes most bytes
 * @param maxMillis milliseconds from the scope's open to the first sample with the most
 */
public record MemoryExtreme(long minBytes, long maxBytes, long maxMillis) {
  /** Kinds of memory that a sample knows. */
  public enum Kind {
    /** Resident set size of the process. */
    RSS("rss", "Resident"),
    /** Resident set size less what is shared with other processes. */
    RSS_MINUS_SHARED("rssMinusShared", "Not shared"),
    /** Java heap in use, garbage included. */
    HEAP_USED("heapUsed", "Heap used"),
    /** Java heap the JVM has reserved memory for. */
    HEAP_COMMITTED("heapCommitted", "Heap committed"),
    /** Capacity of all direct buffers. */
    DIRECT("direct", "Direct buffers"),
    /** Metaspace in use. */
    METASPACE("metaspace", "Metaspace");

    private final String key;
    private final String words;

    Kind(String key, String words) {
      this.key = key;
      this.words = words;
    }

    /** Name in JSON. */
    public String key() {
      return key;
    }

    /** Name for people. */
    public String words() {
      return words;
    }

    private long of(MemorySample sample) {
      return switch (this) {
        case RSS -> sample.rssBytes();
        case RSS_MINUS_SHARED -> sample.rssMinusSharedBytes();
        case HEAP_USED -> sample.heapUsedBytes();
        case HEAP_COMMITTED -> sample.heapCommittedBytes();
        case DIRECT -> sample.directBytes();
        case METASPACE -> sample.metaspaceBytes();
      };
    }
  }

  /** The extremes of one kind; empty when no sample knows it. */
  public static Optional<MemoryExtreme> of(List<MemorySample> samples, Kind kind) {
    MemoryExtreme extreme = null;
    for (MemorySample sample : samples) {
      long value = kind.of(sample);
      if (value == Progress.UNKNOWN) {
        continue;
      }
      if (extreme == null) {
        extreme = new MemoryExtreme(value, value, sample.elapsedMillis());
      } else {
        boolean more = value > extreme.maxBytes;
        extreme =
            new MemoryExtreme(
                Math.min(extreme.minBytes, value),
                Math.max(extreme.maxBytes, value),
                more ? sample.elapsedMillis() : extreme.maxMillis);
      }
    }
    return Optional.ofNullable(extreme);
  }
}
