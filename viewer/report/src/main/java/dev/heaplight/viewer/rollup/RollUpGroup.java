package dev.heaplight.viewer.rollup;

import dev.heaplight.format.Progress;
import java.io.Serializable;
import java.util.Arrays;

/** Figures of all recordings of one scope name and kind. Sums and percentiles are exact. */
public final class RollUpGroup implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String kind;
  private int recordings;
  private int incomplete;
  private long allocatedBytes;
  private long allocatedObjects;
  private long maxAllocatedBytes;
  private long survivingBytes;
  private long offHeapBytes;
  private long durationMillis;
  private int survivorsKnown;
  private int survivorUpperBounds;
  private int peakUpperBounds;
  private long[] peaks = new long[8];
  private int peakCount;

  RollUpGroup(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  void add(Outline outline) {
    recordings++;
    incomplete += outline.complete() ? 0 : 1;
    allocatedBytes = Math.addExact(allocatedBytes, outline.allocatedBytes());
    allocatedObjects = Math.addExact(allocatedObjects, outline.allocatedObjects());
    maxAllocatedBytes = Math.max(maxAllocatedBytes, outline.allocatedBytes());
    offHeapBytes = Math.addExact(offHeapBytes, outline.offHeapBytes());
    durationMillis += Math.max(0, outline.durationMillis());
    Outline.Live survivors = outline.survivors();
    if (survivors != null) {
      survivorsKnown++;
      survivorUpperBounds += survivors.atCollection() ? 0 : 1;
      survivingBytes = Math.addExact(survivingBytes, survivors.bytes());
    }
    Outline.Live peak = outline.peak();
    if (peak != null) {
      addPeak(peak.bytes());
      peakUpperBounds += peak.upperBound() ? 1 : 0;
    }
  }

  void join(RollUpGroup other) {
    recordings += other.recordings;
    incomplete += other.incomplete;
    allocatedBytes = Math.addExact(allocatedBytes, other.allocatedBytes);
    allocatedObjects = Math.addExact(allocatedObjects, other.allocatedObjects);
    maxAllocatedBytes = Math.max(maxAllocatedBytes, other.maxAllocatedBytes);
    survivingBytes = Math.addExact(survivingBytes, other.survivingBytes);
    offHeapBytes = Math.addExact(offHeapBytes, other.offHeapBytes);
    durationMillis += other.durationMillis;
    survivorsKnown += other.survivorsKnown;
    survivorUpperBounds += other.survivorUpperBounds;
    peakUpperBounds += other.peakUpperBounds;
    for (int i = 0; i < other.peakCount; i++) {
      addPeak(other.peaks[i]);
    }
  }

  private void addPeak(long bytes) {
    if (peakCount == peaks.length) {
      peaks = Arrays.copyOf(peaks, peakCount * 2);
    }
    peaks[peakCount++] = bytes;
  }

  /** Name of the scopes. */
  public String name() {
    return name;
  }

  /** Kind of the scopes. */
  public String kind() {
    return kind;
  }

  /** Number of recordings. */
  public int recordings() {
    return recordings;
  }

  /** Recordings that did not end cleanly. */
  public int incomplete() {
    return incomplete;
  }

  /** Bytes allocated by all. */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  /** Objects allocated by all. */
  public long allocatedObjects() {
    return allocatedObjects;
  }

  /** Bytes allocated by the one that allocated most. */
  public long maxAllocatedBytes() {
    return maxAllocatedBytes;
  }

  /**
   * Bytes that all left alive, those of recordings that do not know it missing; {@link
   * Progress#UNKNOWN} when none knows.
   */
  public long survivingBytes() {
    return survivorsKnown == 0 ? Progress.UNKNOWN : survivingBytes;
  }

  /** Recordings that know what they left alive. */
  public int survivorsKnown() {
    return survivorsKnown;
  }

  /** Of those, how many saw no collection after their end, so that it is an upper bound. */
  public int survivorUpperBounds() {
    return survivorUpperBounds;
  }

  /** Bytes taken outside the heap by all. */
  public long offHeapBytes() {
    return offHeapBytes;
  }

  /** Time all took together, in milliseconds. */
  public long durationMillis() {
    return durationMillis;
  }

  /** Recordings that know their peak. */
  public int peaksKnown() {
    return peakCount;
  }

  /** Of those, how many saw no garbage collection, so that their peak is an upper bound. */
  public int peakUpperBounds() {
    return peakUpperBounds;
  }

  /**
   * The live bytes at their peak that this share of the recordings stays at or below, by the
   * nearest rank: 0.5 is the median, 1 the largest; {@link Progress#UNKNOWN} when no peak is known.
   */
  public long peakBytes(double share) {
    if (peakCount == 0) {
      return Progress.UNKNOWN;
    }
    long[] sorted = Arrays.copyOf(peaks, peakCount);
    Arrays.sort(sorted);
    return sorted[(int) Math.max(0, Math.ceil(share * peakCount) - 1)];
  }
}
