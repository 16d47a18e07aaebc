package dev.heaplight.viewer.jfr;

import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.ModelVisitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import one.jfr.event.MallocEvent;

/**
 * Blocks of native memory, from {@code profiler.Malloc} and {@code profiler.Free}. A block is held
 * until its address is given back or turns up again, in whatever chunk.
 */
final class NativeMemory {
  /** How often what is held is looked at for its maximum, in milliseconds. */
  private static final long FLUSH_MILLIS = 100;

  private static final String KIND = "native";

  private record Block(int stack, int thread, long sizeBytes) {}

  private final ModelVisitor visitor;
  private final DictionaryBuilder dictionary;
  private final Map<Long, Block> held = new HashMap<>();
  private long flushedMillis;
  private long blocks;

  NativeMemory(ModelVisitor visitor, DictionaryBuilder dictionary) {
    this.visitor = visitor;
    this.dictionary = dictionary;
  }

  /**
   * Adds a chunk's events, which are sorted: each thread's stand together in the file.
   *
   * @param millisOf milliseconds from the recording's start to an event
   */
  void add(List<MallocEvent> events, ChunkNames names, ToLongFunction<MallocEvent> millisOf) {
    events.sort(null);
    for (MallocEvent event : events) {
      long millis = millisOf.applyAsLong(event);
      visitor.offHeapSlice(millis, millis);
      Block before = held.remove(event.address);
      if (before != null) {
        freed(before);
      }
      if (event.size > 0) {
        Block block =
            new Block(names.stack(event.stackTraceId), names.thread(event.tid), event.size);
        held.put(event.address, block);
        taken(block);
      }
      if (millis >= flushedMillis + FLUSH_MILLIS) {
        flushedMillis = millis;
        visitor.progress(new Progress(millis, Progress.UNKNOWN, Progress.UNKNOWN, blocks, 0, 1));
      }
    }
  }

  private void taken(Block block) {
    blocks++;
    visitor.offHeap(
        block.stack(), dictionary.string(KIND), block.thread(), 1, block.sizeBytes(), 0, 0);
  }

  private void freed(Block block) {
    visitor.offHeap(
        block.stack(), dictionary.string(KIND), block.thread(), 0, 0, 1, block.sizeBytes());
  }

  /** Blocks that were taken. */
  long blocks() {
    return blocks;
  }
}
