package dev.heaplight.engine.record;

import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.memory.MemoryLine;
import dev.heaplight.engine.memory.MemoryPoint;
import dev.heaplight.engine.memory.PartsPoint;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.offheap.ScopeOffHeap;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.RecordingWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a scope records beside its allocations: off-heap memory by stack, and its part of the memory
 * line. Thread-safe but for {@link #write}, which belongs to the writer's lock.
 */
final class ScopeMemory {
  private final ScopeOffHeap offHeap;
  private final MemoryLine line;
  private long nextPoint;

  /** Begins with what happens from now on; {@code outer} is that of the scope around. */
  ScopeMemory(OffHeapLedger ledger, MemoryLine line, @Nullable ScopeMemory outer) {
    this.offHeap = ledger.open(outer == null ? null : outer.offHeap);
    this.line = line;
    this.nextPoint = line.next();
  }

  ScopeOffHeap offHeap() {
    return offHeap;
  }

  /** Hands everything since the last call to the writer. */
  void write(RecordingNumbers numbers, RecordingWriter writer, long openedNanos) {
    offHeap.write(new OffHeapEntries(numbers, writer));
    long end = line.next();
    for (MemoryPoint point : line.between(nextPoint, end)) {
      long elapsedMillis = Math.max(0, (point.nanos() - openedNanos) / 1_000_000);
      writer.memory(
          new MemorySample(
              elapsedMillis,
              point.rssBytes(),
              point.rssMinusSharedBytes(),
              point.heapUsedBytes(),
              point.heapCommittedBytes(),
              point.directBytes(),
              point.metaspaceBytes()));
      PartsPoint parts = point.parts();
      if (parts != null) {
        writer.memoryParts(
            new MemoryParts(
                elapsedMillis,
                parts.codeCacheBytes(),
                parts.threads(),
                parts.threadBytes(),
                parts.jvmBytes(),
                parts.mallocBytes(),
                parts.mappedFileBytes(),
                parts.sharedBytes()));
      }
    }
    nextPoint = end;
  }

  private static final class OffHeapEntries implements ScopeOffHeap.Receiver {
    private final RecordingNumbers numbers;
    private final RecordingWriter writer;

    OffHeapEntries(RecordingNumbers numbers, RecordingWriter writer) {
      this.numbers = numbers;
      this.writer = writer;
    }

    @Override
    public void offHeap(
        int stack,
        String kind,
        long threadId,
        String threadName,
        long allocatedObjects,
        long allocatedBytes,
        long freedObjects,
        long freedBytes) {
      writer.offHeap(
          numbers.stack(stack),
          kind,
          numbers.thread(new ThreadLabel(threadId, threadName)),
          allocatedObjects,
          allocatedBytes,
          freedObjects,
          freedBytes);
    }

    @Override
    public void note(String text) {
      writer.note(text);
    }
  }
}
