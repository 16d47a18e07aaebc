package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ScopeLife;
import dev.heaplight.engine.sample.SamplingInterval;
import dev.heaplight.format.AgentCost;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one scope: what was counted or sampled for it since the last flush, and the
 * writer. Thread-safe; the scope's other locks are taken after this one.
 */
final class ScopeRecording {
  private final Path file;
  private final RecordingWriter writer;
  private final RecordingNumbers numbers;
  private final CaptureParts parts;
  private final ScopeFigures figures;
  private final ScopeLife life;
  private final ScopeMemory memory;
  private final SamplingInterval interval;
  private final long openedNanos;
  private final @Nullable SampledSums sampled;
  private final Map<Origin, long[]> entries = new HashMap<>();
  private final StackSums bytesSoFar = new StackSums();
  private final AtomicLong removedBytes = new AtomicLong();
  private final AtomicLong talliedBytes = new AtomicLong();
  private long settledBytes;
  private boolean failed;

  ScopeRecording(
      RecordingHeader header,
      RecordingFiles.NewRecording recording,
      ScopeFigures figures,
      ScopeLife life,
      ScopeMemory memory,
      SamplingInterval interval,
      long openedNanos,
      CaptureParts parts) {
    this.file = recording.file();
    this.writer = recording.writer();
    this.numbers = new RecordingNumbers(writer, parts.stacks());
    this.parts = parts;
    this.figures = figures;
    this.life = life;
    this.memory = memory;
    this.interval = interval;
    this.openedNanos = openedNanos;
    this.sampled = header.mode().equals(Scope.SAMPLED) ? new SampledSums() : null;
    if (parts.memory().isShort()) {
      writer.note(AgentMemory.DEGRADED);
    }
  }

  Path file() {
    return file;
  }

  /** Whether a profiler samples what is allocated, instead of hooks that count it. */
  boolean isSampled() {
    return sampled != null;
  }

  /** Whether the recording still takes what is found out about the scope. */
  synchronized boolean isWritten() {
    return !failed;
  }

  /** Bytes handed to the writer so far, or about to be. */
  long talliedBytes() {
    return talliedBytes.get();
  }

  /** Takes what hooks counted; a profiler's samples come another way. */
  synchronized void add(Origin origin, long objects, long bytes) {
    if (sampled == null) {
      enter(origin, objects, bytes);
    }
  }

  /** Takes a profiler's sample. */
  synchronized void addSample(Origin origin, double objects, double bytes) {
    if (sampled != null && !failed) {
      sampled.add(origin, objects, bytes);
      figures.sampled(parts.sampled().intervalBytes());
    }
  }

  /** Notes bytes that were counted of objects the JIT compiler did without. */
  void removed(long bytes) {
    removedBytes.addAndGet(bytes);
  }

  /** The stack that allocated most, as errors show it; empty if none is known. */
  synchronized String hottestStack() {
    return StackLines.of(parts.stacks(), bytesSoFar.largest());
  }

  /** Estimate of the memory this takes. */
  synchronized long memoryBytes() {
    long samples = sampled == null ? 0 : sampled.memoryBytes();
    return numbers.bytes() + bytesSoFar.memoryBytes() + samples;
  }

  /** Adds a caveat. */
  synchronized void note(String text) {
    if (!failed) {
      writer.note(text);
    }
  }

  /** Appends everything since the last flush to the file. */
  synchronized void flush() {
    if (!failed) {
      try {
        settleSamples(false);
        writeFigures();
        writer.flush(figures.progress(intervalBytes()));
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  /** Writes the rest and ends the recording; takes nothing any more. */
  synchronized void finish(String endReason) {
    if (!failed) {
      try {
        settleSamples(true);
        noteRemoved();
        Map<Origin, int[]> survivors = writeSurvivors();
        writeFigures();
        writer.finish(figures.progress(intervalBytes()), endReason);
        if (sampled == null) {
          parts.survivors().add(file, life, survivors);
        }
      } catch (IOException e) {
        fail(e);
      }
    }
    letGo();
  }

  private long intervalBytes() {
    return sampled == null ? interval.bytes() : figures.sampledIntervalBytes();
  }

  private void noteRemoved() {
    long bytes = removedBytes.get();
    if (bytes > 0) {
      writer.note(
          "Left out: about "
              + bytes
              + " bytes of objects that the JIT compiler did without. Where it removed some of a"
              + " place's objects, the count of the others is an estimate.");
    }
  }

  private void settleSamples(boolean last) {
    if (sampled == null) {
      return;
    }
    if (!figures.jvmCountKnown()) {
      sampled.settle(this::enter);
    } else {
      settledBytes += sampled.settle(figures.jvmBytes() - settledBytes, last, this::enter);
    }
  }

  private synchronized void enter(Origin origin, long objects, long bytes) {
    talliedBytes.getAndAdd(bytes);
    if (!failed) {
      long[] sums = entries.computeIfAbsent(origin, unused -> new long[2]);
      sums[0] += objects;
      sums[1] += bytes;
      bytesSoFar.add(origin.where().stack(), bytes);
    }
  }

  private Map<Origin, int[]> writeSurvivors() {
    Map<Origin, int[]> known = new HashMap<>();
    if (parts.live() && sampled == null) {
      new LiveWriter(writer, numbers).write(life.close(), known);
    }
    return known;
  }

  private void writeFigures() {
    entries.forEach(
        (origin, sums) -> {
          int[] of = numbers.of(origin);
          writer.allocation(
              of[RecordingNumbers.STACK],
              of[RecordingNumbers.CLASS],
              of[RecordingNumbers.THREAD],
              sums[0],
              sums[1]);
        });
    entries.clear();
    if (sampled == null) {
      life.write(new LiveWriter(writer, numbers)); // a profiler does not show its objects
    }
    memory.write(numbers, writer, openedNanos);
    writer.agent(
        new AgentCost(
            figures.agentCpuNanos(), parts.memory().usedBytes(), parts.memory().limitBytes()));
  }

  /** A thread that sleeps in a closed scope keeps this; it is to keep nothing large. */
  private void letGo() {
    failed = true;
    if (sampled != null) {
      sampled.clear();
    }
    entries.clear();
    bytesSoFar.clear();
    numbers.clear();
  }

  private void fail(IOException cause) {
    letGo();
    memory.offHeap().close(); // its blocks still count in the scopes around
    parts
        .log()
        .report("recording stopped, it ends with its last whole flush", file.toString(), cause);
    try {
      writer.close();
    } catch (IOException e) {
      parts.log().report("recording not closed", file.toString(), e);
    }
  }
}
