package dev.heaplight.viewer.rollup;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.viewer.model.LiveComposition;
import dev.heaplight.viewer.model.OffHeapTotals;
import dev.heaplight.viewer.model.RecordingModel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a recording comes to, without its stacks. A figure may be {@link Progress#UNKNOWN}.
 *
 * @param file the recording
 * @param header what it says of itself
 * @param complete whether it ended cleanly
 * @param allocatedBytes bytes allocated
 * @param allocatedObjects objects allocated
 * @param peak the most that was alive; null when not known
 * @param survivors what was left alive; null when not known
 * @param offHeapBytes bytes taken outside the heap, given back or not; 0 when the recording holds
 *     none
 * @param offHeapPeakBytes the most bytes that were held outside the heap at a flush; 0 when the
 *     recording holds none
 * @param durationMillis milliseconds from open to close, or to the last flush
 * @param worker memory of the worker process beside the scope
 */
public record Outline(
    Path file,
    RecordingHeader header,
    boolean complete,
    long allocatedBytes,
    long allocatedObjects,
    @Nullable Live peak,
    @Nullable Live survivors,
    long offHeapBytes,
    long offHeapPeakBytes,
    long durationMillis,
    WorkerMemory worker) {

  /**
   * What was alive at one moment.
   *
   * @param bytes bytes alive
   * @param upperBound whether no garbage collection had run, so that nothing was found dead
   * @param atCollection whether it was taken at a collection, so that only what lived counts
   */
  public record Live(long bytes, boolean upperBound, boolean atCollection) {
    static Live of(LiveHeader header, long bytes) {
      return new Live(bytes, header.collection() == 0, !header.collector().isEmpty());
    }
  }

  /** The outline of a recording that was read in whole. */
  public static Outline of(RecordingModel model) {
    WorkerMemory worker = new WorkerMemory();
    model.memory().memory().forEach(worker::add);
    return new Outline(
        model.file(),
        model.header(),
        model.complete(),
        model.totals().totalBytes(),
        model.totals().totalObjects(),
        live(model.live(LiveKind.PEAK)),
        live(model.live(LiveKind.SURVIVORS)),
        model.offHeap().map(offHeap -> offHeap.taken().totalBytes()).orElse(0L),
        model.offHeap().map(OffHeapTotals::peakBytes).orElse(0L),
        model.durationMillis().orElse(Progress.UNKNOWN),
        worker);
  }

  private static @Nullable Live live(Optional<LiveComposition> composition) {
    return composition.map(live -> Live.of(live.header(), live.totals().totalBytes())).orElse(null);
  }

  /** Bytes of the peak. */
  public long peakBytes() {
    return peak == null ? Progress.UNKNOWN : peak.bytes();
  }

  /** Bytes of the survivors. */
  public long survivingBytes() {
    return survivors == null ? Progress.UNKNOWN : survivors.bytes();
  }
}
