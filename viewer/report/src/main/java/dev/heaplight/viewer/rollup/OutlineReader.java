package dev.heaplight.viewer.rollup;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import dev.heaplight.viewer.jfr.JfrRecording;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording's outline. All of the file is read, because only that finds damage, but what is
 * of stacks is not decoded: the footer has its sums. Only a recording without one is read in full.
 */
public final class OutlineReader implements RecordingVisitor {
  private final Map<LiveKind, Outline.Live> live = new EnumMap<>(LiveKind.class);
  private final WorkerMemory worker = new WorkerMemory();
  private @Nullable RecordingHeader header;
  private @Nullable LiveHeader unfinished;
  private @Nullable Progress progress;
  private @Nullable Footer footer;
  private long liveBytes;
  private long allocatedBytes;
  private long allocatedObjects;
  private long offHeapTakenBytes;
  private long offHeapHeldBytes;
  private long offHeapPeakBytes;

  private OutlineReader() {}

  /**
   * Reads the outline of {@code file}.
   *
   * @throws dev.heaplight.format.RecordingException if it is of no known kind, of another version,
   *     or corrupt
   * @throws IOException if it cannot be opened or read
   */
  public static Outline read(Path file) throws IOException {
    if (JfrRecording.is(file)) {
      return Outline.of(JfrRecording.read(file, TimeWindow.WHOLE));
    }
    OutlineReader figures = new OutlineReader();
    ReadOutcome outcome = RecordingReader.readFigures(file, figures);
    if (figures.footer != null) {
      return figures.outline(file, outcome);
    }
    OutlineReader all = new OutlineReader();
    return all.outline(file, RecordingReader.read(file, all));
  }

  private Outline outline(Path file, ReadOutcome outcome) {
    flushed();
    long duration =
        footer != null
            ? footer.durationMillis()
            : progress == null ? Progress.UNKNOWN : progress.elapsedMillis();
    return new Outline(
        file,
        Objects.requireNonNull(header, "header"),
        outcome.complete(),
        footer == null ? allocatedBytes : footer.allocatedBytes(),
        footer == null ? allocatedObjects : footer.allocatedObjects(),
        live.get(LiveKind.PEAK),
        live.get(LiveKind.SURVIVORS),
        offHeapTakenBytes,
        offHeapPeakBytes,
        duration,
        worker);
  }

  @Override
  public void header(RecordingHeader header, Dictionary dictionary) {
    this.header = header;
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    allocatedBytes += bytes;
    allocatedObjects += objects;
  }

  @Override
  public void progress(Progress progress) {
    this.progress = progress;
    flushed();
  }

  private void flushed() {
    offHeapPeakBytes = Math.max(offHeapPeakBytes, offHeapHeldBytes);
  }

  @Override
  public void live(LiveHeader header) {
    unfinished = header;
    liveBytes = 0;
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    liveBytes += bytes;
  }

  @Override
  public void liveEnd() {
    if (unfinished != null) {
      live.put(unfinished.kind(), Outline.Live.of(unfinished, liveBytes));
    }
    unfinished = null;
  }

  @Override
  public void memory(MemorySample sample) {
    worker.add(sample);
  }

  @Override
  public void offHeap(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    offHeapTakenBytes += takenBytes;
    offHeapHeldBytes += takenBytes - freedBytes;
  }

  @Override
  public void footer(Footer footer) {
    this.footer = footer;
  }
}
