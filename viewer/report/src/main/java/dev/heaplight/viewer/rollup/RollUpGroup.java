package dev.heaplight.viewer.rollup;

import dev.heaplight.format.LiveKind;
import dev.heaplight.viewer.model.RecordingModel;
import java.util.Arrays;

/** Figures of all recordings of one scope name and kind. Sums and percentiles are exact. */
public final class RollUpGroup {
  private final String name;
  private final String kind;
  private int recordings;
  private int incomplete;
  private long allocatedBytes;
  private long maxAllocatedBytes;
  private long survivingBytes;
  private long offHeapBytes;
  private long durationMillis;
  private int upperBounds;
  private long[] peaks = new long[8];
  private int peakCount;

  RollUpGroup(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  void add(RecordingModel model) {
    recordings++;
    incomplete += model.complete() ? 0 : 1;
    long bytes = model.totals().totalBytes();
    allocatedBytes += bytes;
    maxAllocatedBytes = Math.max(maxAllocatedBytes, bytes);
    durationMillis += model.durationMillis().orElse(0);
    model.live(LiveKind.SURVIVORS).ifPresent(live -> survivingBytes += live.totals().totalBytes());
    model.offHeap().ifPresent(offHeap -> offHeapBytes += offHeap.taken().totalBytes());
    model
        .live(LiveKind.PEAK)
        .ifPresent(
            live -> {
              addPeak(live.totals().totalBytes());
              upperBounds += live.isUpperBound() ? 1 : 0;
            });
  }

  void join(RollUpGroup other) {
    recordings += other.recordings;
    incomplete += other.incomplete;
    allocatedBytes += other.allocatedBytes;
    maxAllocatedBytes = Math.max(maxAllocatedBytes, other.maxAllocatedBytes);
    survivingBytes += other.survivingBytes;
    offHeapBytes += other.offHeapBytes;
    durationMillis += other.durationMillis;
    upperBounds += other.upperBounds;
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

  /** Bytes allocated by the one that allocated most. */
  public long maxAllocatedBytes() {
    return maxAllocatedBytes;
  }

  /** Bytes that all left alive; those of recordings that do not know it are missing. */
  public long survivingBytes() {
    return survivingBytes;
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
  public int upperBounds() {
    return upperBounds;
  }

  /**
   * The live bytes at their peak that this share of the recordings stays at or below, by the
   * nearest rank: 0.5 is the median, 1 the largest; 0 when no peak is known.
   */
  public long peakBytes(double share) {
    if (peakCount == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(peaks, peakCount);
    Arrays.sort(sorted);
    return sorted[(int) Math.max(0, Math.ceil(share * peakCount) - 1)];
  }
}
