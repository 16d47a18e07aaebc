package dev.heaplight.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one recording. Entries gather in memory; {@link #flush} appends them to the file in one
 * write, after the tables they refer to. Not thread-safe.
 *
 * <p>A recording that is not ended by {@link #finish} stays readable; its reader sees it as
 * incomplete.
 */
public final class RecordingWriter implements Closeable {
  private final BlockFile file;
  private final DictionaryBlock dictionary = new DictionaryBlock();
  private final EntryBlock allocations = new EntryBlock(RecordingLayout.TYPE_ALLOCATIONS);
  private final EntryBlock offHeap = new EntryBlock(RecordingLayout.TYPE_OFF_HEAP);
  private final EntryBlock collections = new EntryBlock(RecordingLayout.TYPE_COLLECTIONS);
  private final EntryBlock memory = new EntryBlock(RecordingLayout.TYPE_MEMORY);
  private final EntryBlock memoryParts = new EntryBlock(RecordingLayout.TYPE_MEMORY_PARTS);
  private final EntryBlock lifetimes = new EntryBlock(RecordingLayout.TYPE_LIFETIMES);
  private final PayloadWriter block = new PayloadWriter();
  private @Nullable LiveBlocks live;
  private @Nullable AgentCost agent;
  private long flushedMillis;
  private long allocatedBytes;
  private long allocatedObjects;

  private RecordingWriter(BlockFile file) {
    this.file = file;
  }

  /**
   * Creates {@code path}, readable by its owner alone, and writes the header to it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the file exists; it is left as it was
   * @throws IllegalArgumentException if the header is too large to be read back; no file is made
   * @throws IOException if the file cannot be created or written
   */
  public static RecordingWriter create(Path path, RecordingHeader header) throws IOException {
    PayloadWriter payload = HeaderPayload.of(header);
    RecordingWriter writer = new RecordingWriter(BlockFile.create(path));
    try {
      writer.file.fileHeader(payload);
      writer.file.write();
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /** Number of {@code value} in the string table; added if it is new. */
  public int string(String value) {
    return dictionary.string(value);
  }

  /** Number of {@code frame} in the frame table; added if it is new. */
  public int frame(Frame frame) {
    return dictionary.frame(frame);
  }

  /**
   * Number of the stack that {@code frame} makes when called from {@code caller}; added if new.
   *
   * @param caller a number this method returned, or {@link Dictionary#EMPTY_STACK}
   * @param frame a number {@link #frame} returned
   */
  public int stack(int caller, int frame) {
    return dictionary.stack(caller, frame);
  }

  /** Number of a new entry in the thread table. */
  public int thread(long id, String name) {
    return dictionary.thread(id, name);
  }

  /** Adds what one thread allocated of one class at one stack since the last flush. */
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    PayloadWriter entry = allocations.next();
    entry.unsigned(stack);
    entry.unsigned(className);
    entry.unsigned(thread);
    entry.unsigned(objects);
    entry.unsigned(bytes);
    allocatedBytes += bytes;
    allocatedObjects += objects;
    if (isFull(allocations)) {
      buildSlice(allocations, flushedMillis);
    }
  }

  /**
   * Adds what one thread took of memory outside the heap at one stack, and what was given back of
   * such memory by any thread, since the last flush. A block of memory is given back under the
   * stack, kind and thread it was taken under.
   *
   * @param kind how it was taken: {@code direct}, {@code mapped} or {@code native}
   */
  public void offHeap(
      int stack,
      String kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    int kindIndex = string(kind);
    PayloadWriter entry = offHeap.next();
    entry.unsigned(stack);
    entry.unsigned(kindIndex);
    entry.unsigned(thread);
    entry.total(takenObjects);
    entry.total(takenBytes);
    entry.total(freedObjects);
    entry.total(freedBytes);
    if (isFull(offHeap)) {
      buildSlice(offHeap, flushedMillis);
    }
  }

  /** Adds a garbage collection. */
  public void collection(GcPoint point) {
    int collector = string(point.collector());
    PayloadWriter entry = collections.next();
    entry.total(point.elapsedMillis());
    entry.unsigned(collector);
    entry.figure(point.durationMillis());
    entry.figure(point.liveObjects());
    entry.figure(point.liveBytes());
  }

  /** Adds a sample of the process's memory. */
  public void memory(MemorySample sample) {
    PayloadWriter entry = memory.next();
    entry.total(sample.elapsedMillis());
    entry.figure(sample.rssBytes());
    entry.figure(sample.rssMinusSharedBytes());
    entry.figure(sample.heapUsedBytes());
    entry.figure(sample.heapCommittedBytes());
    entry.figure(sample.directBytes());
    entry.figure(sample.metaspaceBytes());
  }

  /** Adds what the process's memory consists of. */
  public void memoryParts(MemoryParts parts) {
    PayloadWriter entry = memoryParts.next();
    entry.total(parts.elapsedMillis());
    entry.figure(parts.codeCacheBytes());
    entry.figure(parts.threads());
    entry.figure(parts.threadBytes());
    entry.figure(parts.jvmBytes());
    entry.figure(parts.mallocBytes());
    entry.figure(parts.mappedFileBytes());
    entry.figure(parts.sharedBytes());
  }

  /** Replaces the ages at which the scope's objects died; written at the next flush. */
  public void lifetimes(List<Lifetime> all) {
    lifetimes.clear();
    for (Lifetime lifetime : all) {
      PayloadWriter entry = lifetimes.next();
      entry.total(lifetime.collectionsSurvived());
      entry.total(lifetime.millisLog2());
      entry.total(lifetime.objects());
      entry.total(lifetime.bytes());
    }
  }

  /** Replaces the agent's own cost; written at the next flush. */
  public void agent(AgentCost cost) {
    agent = cost;
  }

  /** Begins a composition of live objects. One that was begun and not ended is given up. */
  public void beginLive(LiveHeader header) {
    live = new LiveBlocks(header);
  }

  /**
   * Adds what is alive of one class, allocated at one stack by one thread.
   *
   * @throws IllegalStateException if no composition was begun
   */
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    LiveBlocks composition = begun();
    composition.entry(stack, className, thread, objects, bytes);
    if (composition.size() + dictionary.size() > RecordingLayout.SPLIT_BYTES) {
      dictionary.build(file);
      composition.build(file, true);
    }
  }

  /**
   * Ends the composition, which at the next flush replaces the one of its kind before.
   *
   * @throws IllegalStateException if no composition was begun
   */
  public void endLive() {
    LiveBlocks composition = begun();
    dictionary.build(file);
    composition.build(file, false);
    live = null;
  }

  /** Adds a caveat that every report will show. */
  public void note(String text) {
    block.string(text);
    buildBlock(RecordingLayout.TYPE_NOTE);
  }

  /**
   * Appends all entries since the last flush, and the running figures, to the file.
   *
   * @throws IOException if the file cannot be written; it then ends with the flush before
   */
  public void flush(Progress progress) throws IOException {
    buildSlice(allocations, progress.elapsedMillis());
    buildSlice(offHeap, progress.elapsedMillis());
    for (EntryBlock entries : List.of(collections, memory, memoryParts, lifetimes)) {
      if (!entries.isEmpty()) {
        entries.build(file, block);
      }
    }
    buildAgent();
    block.unsigned(progress.elapsedMillis());
    block.figure(progress.jvmAllocatedBytes());
    block.figure(progress.gcCount());
    block.unsigned(progress.samples());
    block.unsigned(progress.agentBytes());
    block.unsigned(progress.samplingIntervalBytes());
    buildBlock(RecordingLayout.TYPE_PROGRESS);
    file.write();
    flushedMillis = progress.elapsedMillis();
  }

  /** Flushes, marks the clean end and closes the file. */
  public void finish(Progress progress, String endReason) throws IOException {
    try (this) {
      flush(progress);
      block.unsigned(progress.elapsedMillis());
      block.unsigned(allocatedBytes);
      block.unsigned(allocatedObjects);
      block.string(endReason);
      buildBlock(RecordingLayout.TYPE_FOOTER);
      file.write();
    }
  }

  /** Closes the file without marking a clean end. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private LiveBlocks begun() {
    if (live == null) {
      throw new IllegalStateException("no composition of live objects was begun");
    }
    return live;
  }

  /** Whether entries must go into a block before the flush; few may bring many new names along. */
  private boolean isFull(EntryBlock entries) {
    return entries.size() + dictionary.size() > RecordingLayout.SPLIT_BYTES;
  }

  private void buildSlice(EntryBlock entries, long endMillis) {
    dictionary.build(file);
    if (!entries.isEmpty()) {
      block.unsigned(flushedMillis);
      block.unsigned(Math.max(0, endMillis - flushedMillis));
      entries.build(file, block);
    }
  }

  private void buildAgent() {
    if (agent != null) {
      block.figure(agent.cpuNanos());
      block.figure(agent.memoryBytes());
      block.figure(agent.memoryLimitBytes());
      buildBlock(RecordingLayout.TYPE_AGENT);
      agent = null;
    }
  }

  private void buildBlock(int type) {
    file.block(type, block);
    block.clear();
  }
}
