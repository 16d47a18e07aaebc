package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;

/**
 * What worker processes need beside their tasks.
 *
 * @param origin where the figures come from
 * @param workers how many workers share the memory: as many as were seen at the same time
 * @param bytes what all of them need together; 0 when not known
 * @param heapBytes of one worker, the least of its heap that was in use; {@link Progress#UNKNOWN}
 *     when it was not seen
 * @param outsideHeapBytes of one worker, what it held outside the heap, direct buffers apart;
 *     {@link Progress#UNKNOWN} when it was not seen
 */
public record WorkerBase(
    Origin origin, int workers, long bytes, long heapBytes, long outsideHeapBytes) {
  /** Where the figures come from. */
  public enum Origin {
    /** The user gave what all workers need. */
    GIVEN,
    /** From the samples of memory in recordings: of the worker that needs most. */
    SEEN,
    /** No recording has samples of memory. */
    UNKNOWN
  }

  static WorkerBase given(long bytes, int workers) {
    return new WorkerBase(Origin.GIVEN, workers, bytes, Progress.UNKNOWN, Progress.UNKNOWN);
  }

  static WorkerBase seen(long heapBytes, long outsideHeapBytes, int workers) {
    boolean known = heapBytes != Progress.UNKNOWN || outsideHeapBytes != Progress.UNKNOWN;
    long each = Math.max(0, heapBytes) + Math.max(0, outsideHeapBytes);
    return new WorkerBase(
        known ? Origin.SEEN : Origin.UNKNOWN, workers, each * workers, heapBytes, outsideHeapBytes);
  }

  /** What one worker needs. */
  public long bytesEach() {
    return bytes / workers;
  }
}
