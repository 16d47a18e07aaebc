package dev.heaplight.viewer.rollup;

import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;

/**
 * What a worker process needs beside its scopes, as far as samples of its memory tell. Figures are
 * {@link Progress#UNKNOWN} when they do not.
 */
public final class WorkerMemory {
  private long lowestHeapUsedBytes = Progress.UNKNOWN;
  private long outsideHeapBytes = Progress.UNKNOWN;

  void add(MemorySample sample) {
    addHeapUsed(sample.heapUsedBytes());
    addOutside(sample.metaspaceBytes());
    if (sample.rssMinusSharedBytes() >= 0
        && sample.heapCommittedBytes() >= 0
        && sample.directBytes() >= 0) {
      addOutside(sample.rssMinusSharedBytes() - sample.heapCommittedBytes() - sample.directBytes());
    }
  }

  /** Adds what another recording of the same worker tells. */
  public void add(WorkerMemory other) {
    addHeapUsed(other.lowestHeapUsedBytes);
    addOutside(other.outsideHeapBytes);
  }

  private void addHeapUsed(long bytes) {
    if (bytes >= 0) {
      lowestHeapUsedBytes = lowestHeapUsedBytes < 0 ? bytes : Math.min(lowestHeapUsedBytes, bytes);
    }
  }

  private void addOutside(long bytes) {
    outsideHeapBytes = Math.max(outsideHeapBytes, bytes);
  }

  /** The least of the heap that was in use at any time: what lives outside scopes is not more. */
  public long lowestHeapUsedBytes() {
    return lowestHeapUsedBytes;
  }

  /**
   * What the process held outside its heap, direct buffers apart: metaspace, or resident memory
   * that is not shared less the heap's committed memory, whichever was most.
   */
  public long outsideHeapBytes() {
    return outsideHeapBytes;
  }
}
