package dev.heaplight.viewer.model;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Footer;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingVisitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects a recording while it is read, from its own format or another one. Used by one thread,
 * for one recording.
 */
public final class ModelVisitor implements RecordingVisitor {
  private final AllocationTotals totals = new AllocationTotals();
  private final List<String> notes = new ArrayList<>();
  private final Map<LiveKind, LiveComposition> compositions = new EnumMap<>(LiveKind.class);
  private final List<GcPoint> collections = new ArrayList<>();
  private final List<MemorySample> memory = new ArrayList<>();
  private final List<MemoryParts> memoryParts = new ArrayList<>();
  private List<Lifetime> lifetimes = List.of();
  private final TimeWindow window;
  private boolean inWindow = true;
  private boolean beforeWindow;
  private final @Nullable Slices slices;
  private final @Nullable Slices offHeapSlices;
  private @Nullable LiveComposition unfinished;
  private @Nullable LiveComposition temporaryBefore;
  private @Nullable OffHeapTotals offHeap;
  private @Nullable AgentCost agentCost;
  private @Nullable RecordingHeader header;
  private @Nullable Dictionary dictionary;
  private @Nullable Progress progress;
  private @Nullable Footer footer;

  /** Collects what falls into {@code window}. */
  public ModelVisitor(TimeWindow window) {
    this.window = window;
    this.slices = window.sliced() ? new Slices() : null;
    this.offHeapSlices = window.sliced() ? new Slices() : null;
  }

  @Override
  public void slice(long startMillis, long endMillis) {
    inWindow = window.contains(startMillis);
    if (slices != null && inWindow) {
      slices.begin(startMillis);
    }
  }

  @Override
  public void offHeapSlice(long startMillis, long endMillis) {
    inWindow = window.contains(startMillis);
    if (offHeapSlices != null && inWindow) {
      offHeapSlices.begin(startMillis);
    }
    beforeWindow = !inWindow && window.isBeforeEnd(startMillis);
  }

  @Override
  public void header(RecordingHeader header, Dictionary dictionary) {
    this.header = header;
    this.dictionary = dictionary;
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    if (inWindow) {
      totals.add(stack, className, thread, objects, bytes);
      if (slices != null) {
        slices.add(stack, className, thread, objects, bytes);
      }
    }
  }

  @Override
  public void progress(Progress progress) {
    this.progress = progress;
    if (offHeap != null && window.contains(progress.elapsedMillis())) {
      offHeap.flushed();
    }
  }

  @Override
  public void live(LiveHeader live) {
    unfinished = new LiveComposition(live, new AllocationTotals());
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    if (unfinished != null) {
      unfinished.totals().add(stack, className, thread, objects, bytes);
    }
  }

  @Override
  public void liveEnd() {
    LiveComposition whole = unfinished;
    unfinished = null;
    if (whole == null) {
      return;
    }
    LiveKind kind = whole.header().kind();
    long millis = whole.header().elapsedMillis();
    if (window.isWhole()) {
      compositions.put(kind, whole);
    } else if (window.contains(millis)) {
      LiveComposition before = compositions.get(kind);
      if (kind != LiveKind.PEAK || before == null || whole.isLargerThan(before)) {
        compositions.put(kind, whole);
      }
    } else if (kind == LiveKind.TEMPORARY && window.isBeforeEnd(millis)) {
      temporaryBefore = whole;
    }
  }

  @Override
  public void collection(GcPoint point) {
    if (window.contains(point.elapsedMillis())) {
      collections.add(point);
    }
  }

  @Override
  public void memory(MemorySample sample) {
    if (window.contains(sample.elapsedMillis())) {
      memory.add(sample);
    }
  }

  @Override
  public void memoryParts(MemoryParts parts) {
    if (window.contains(parts.elapsedMillis())) {
      memoryParts.add(parts);
    }
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
    if (!inWindow && !beforeWindow) {
      return;
    }
    if (offHeap == null) {
      offHeap = new OffHeapTotals(window.isWhole());
    }
    if (inWindow) {
      offHeap.add(stack, kind, thread, takenObjects, takenBytes, freedObjects, freedBytes);
      if (offHeapSlices != null) {
        offHeapSlices.add(stack, kind, thread, takenObjects, takenBytes);
      }
    } else {
      offHeap.addBefore(stack, kind, thread, takenObjects, takenBytes, freedObjects, freedBytes);
    }
  }

  @Override
  public void lifetimes(List<Lifetime> all) {
    lifetimes = all;
  }

  @Override
  public void agent(AgentCost cost) {
    agentCost = cost;
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  @Override
  public void footer(Footer footer) {
    this.footer = footer;
  }

  /** The model of everything read; a tail without its flush's figures still counts. */
  public RecordingModel model(Path file, ReadOutcome outcome) {
    if (offHeap != null) {
      offHeap.flushed();
    }
    if (!window.isWhole()) {
      keepWindow();
    }
    return new RecordingModel(
        1,
        file,
        Objects.requireNonNull(header, "header"),
        Objects.requireNonNull(dictionary, "dictionary"),
        totals,
        new MemoryFigures(
            compositions,
            collections,
            memory,
            memoryParts,
            lifetimes,
            offHeap,
            agentCost,
            slices,
            offHeapSlices),
        notes,
        progress,
        footer,
        outcome);
  }

  /** Leaves out what is known of the whole scope only. */
  private void keepWindow() {
    LiveComposition temporary = compositions.get(LiveKind.TEMPORARY);
    if (temporary != null && temporaryBefore != null) {
      AllocationTotals since = temporary.totals().minus(temporaryBefore.totals());
      compositions.put(LiveKind.TEMPORARY, new LiveComposition(temporary.header(), since));
    }
    lifetimes = List.of();
    if (progress != null) {
      progress =
          new Progress(
              progress.elapsedMillis(),
              Progress.UNKNOWN,
              progress.gcCount() == Progress.UNKNOWN ? Progress.UNKNOWN : collections.size(),
              progress.samples(),
              progress.agentBytes(),
              progress.samplingIntervalBytes());
    }
    notes.add("Only a part of the scope's time is shown, " + window.words() + ".");
  }
}
