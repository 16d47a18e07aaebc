package dev.heaplight.viewer.jfr;

import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Footer;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.ModelVisitor;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import one.jfr.JfrReader;
import one.jfr.event.AllocationSample;
import one.jfr.event.Event;
import one.jfr.event.LiveObject;
import one.jfr.event.MallocEvent;

/**
 * Sums up the events about memory, chunk by chunk.
 *
 * <p>Cost: an event is one look-up by the chunk's own numbers. Only what is distinct in a chunk is
 * then translated into the model's numbers.
 */
final class JfrModelBuilder {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ChunkTable chunks;
  private final TimeWindow window;
  private final ModelVisitor visitor;
  private final DictionaryBuilder dictionary = new DictionaryBuilder();
  private final NativeMemory nativeMemory;
  private final Recorder recorder = new Recorder();
  private long events;
  private long allocationSamples;
  private long allocatedBytes;
  private long liveObjects;

  JfrModelBuilder(ChunkTable chunks, TimeWindow window) {
    this.chunks = chunks;
    this.window = window;
    visitor = new ModelVisitor(window);
    nativeMemory = new NativeMemory(visitor, dictionary);
  }

  /** Adds the chunk that {@code reader} is at the beginning of. */
  void add(JfrReader reader) throws IOException {
    reader.registerEvent(JvmInformation.NAME, JvmInformation.class);
    ChunkNames names = new ChunkNames(reader, dictionary);
    EventTotals allocated = new EventTotals();
    EventTotals live = new EventTotals();
    List<MallocEvent> blocks = new ArrayList<>();
    long liveMillis = 0;
    for (Event event = reader.readEvent(); event != null; event = reader.readEvent()) {
      if (event instanceof AllocationSample sample) {
        events++;
        if (window.isWhole() || window.contains(millis(reader, event))) {
          allocationSamples++;
          allocatedBytes += sample.value();
          allocated.add(sample.stackTraceId, sample.classId, sample.tid, sample.value());
        }
      } else if (event instanceof LiveObject object) {
        live.add(object.stackTraceId, object.classId, object.tid, object.value());
        liveMillis = Math.max(liveMillis, millis(reader, event));
      } else if (event instanceof MallocEvent block) {
        blocks.add(block);
      } else if (event instanceof JvmInformation jvm) {
        recorder.jvm(jvm);
      }
    }
    recorder.settings(reader);
    addAllocated(allocated, names);
    addLive(live, liveMillis, names);
    nativeMemory.add(blocks, names, block -> millis(reader, block));
  }

  /** Milliseconds from the recording's start to an event. */
  private long millis(JfrReader reader, Event event) {
    return Math.max(
        0, (reader.eventTimeToNanos(event.time) - chunks.startNanos()) / NANOS_PER_MILLI);
  }

  private void addAllocated(EventTotals allocated, ChunkNames names) {
    allocated.forEach(
        (stack, className, thread, events, bytes) ->
            visitor.allocation(
                names.stack(stack),
                names.className(className),
                names.thread(thread),
                events,
                bytes));
  }

  /** A recorder that lists what is alive lists all of it: the last list counts. */
  private void addLive(EventTotals live, long millis, ChunkNames names) {
    if (live.totalEvents() == 0) {
      return;
    }
    liveObjects = live.totalEvents();
    visitor.live(
        new LiveHeader(LiveKind.SURVIVORS, millis, LiveHeader.UNKNOWN_COLLECTION, "", liveObjects));
    live.forEach(
        (stack, className, thread, events, bytes) ->
            visitor.liveEntry(
                names.stack(stack),
                names.className(className),
                names.thread(thread),
                events,
                bytes));
    visitor.liveEnd();
  }

  /**
   * The model of all chunks.
   *
   * @throws NotARecordingException if there was no event about memory in them
   */
  RecordingModel model(Path file) throws NotARecordingException {
    long samples = allocationSamples + liveObjects + nativeMemory.blocks();
    if (events + liveObjects + nativeMemory.blocks() == 0) {
      throw new NotARecordingException(
          file,
          "a JFR file without allocation events",
          "record it with jdk.ObjectAllocationSample enabled, or by async-profiler with"
              + " event=alloc");
    }
    visitor.header(recorder.header(file, chunks.startNanos()), dictionary.dictionary());
    SampleNotes.of(recorder.name(), allocationSamples, liveObjects, nativeMemory.blocks())
        .forEach(visitor::note);
    visitor.progress(
        new Progress(
            chunks.durationMillis(),
            Progress.UNKNOWN,
            Progress.UNKNOWN,
            samples,
            0,
            Math.max(1, allocatedBytes / Math.max(1, allocationSamples))));
    if (chunks.outcome().complete()) {
      visitor.footer(
          new Footer(chunks.durationMillis(), allocatedBytes, allocationSamples, "closed"));
    }
    return visitor.model(file, chunks.outcome());
  }
}
