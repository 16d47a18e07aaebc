package dev.heaplight.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes one recording. Entries gather in memory; {@link #flush} appends them to the file in one
 * write, after the tables they refer to. Not thread-safe.
 *
 * <p>A recording that is not ended by {@link #finish} stays readable; its reader sees it as
 * incomplete.
 */
public final class RecordingWriter implements Closeable {
  /** A block is split well before {@link RecordingLayout#MAX_BLOCK_BYTES}. */
  private static final int SPLIT_BYTES = RecordingLayout.MAX_BLOCK_BYTES / 4;

  private final BlockFile file;
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<Frame, Integer> frames = new HashMap<>();
  private final Map<Long, Integer> stacks = new HashMap<>();
  private final PayloadWriter newStrings = new PayloadWriter();
  private final PayloadWriter newFrames = new PayloadWriter();
  private final PayloadWriter newStacks = new PayloadWriter();
  private final PayloadWriter newThreads = new PayloadWriter();
  private final PayloadWriter entries = new PayloadWriter();
  private final PayloadWriter block = new PayloadWriter();
  private int newStringCount;
  private int newFrameCount;
  private int newStackCount;
  private int newThreadCount;
  private int threadCount;
  private int entryCount;
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
    PayloadWriter payload = payload(header);
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

  private static PayloadWriter payload(RecordingHeader header) {
    PayloadWriter payload = new PayloadWriter();
    payload.string(header.name());
    payload.string(header.kind());
    payload.string(header.id());
    payload.unsigned(header.attributes().size());
    header
        .attributes()
        .forEach(
            (key, value) -> {
              payload.string(key);
              payload.string(value);
            });
    payload.string(header.mode());
    payload.signed(header.startEpochMillis());
    payload.unsigned(header.pid());
    payload.string(header.host());
    payload.string(header.jvm());
    payload.string(header.agentVersion());
    if (payload.size() > RecordingLayout.MAX_FILE_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "recording header too large: bytes="
              + payload.size()
              + ", limit="
              + RecordingLayout.MAX_FILE_PAYLOAD_BYTES);
    }
    return payload;
  }

  /** Number of {@code value} in the string table; added if it is new. */
  public int string(String value) {
    Integer known = strings.get(value);
    if (known != null) {
      return known;
    }
    int index = strings.size();
    strings.put(value, index);
    newStrings.string(value);
    newStringCount++;
    return index;
  }

  /** Number of {@code frame} in the frame table; added if it is new. */
  public int frame(Frame frame) {
    Integer known = frames.get(frame);
    if (known != null) {
      return known;
    }
    int className = string(frame.className());
    int methodName = string(frame.methodName());
    int fileName = string(frame.fileName());
    int index = frames.size();
    frames.put(frame, index);
    newFrames.unsigned(className);
    newFrames.unsigned(methodName);
    newFrames.unsigned(fileName);
    newFrames.signed(frame.line());
    newFrameCount++;
    return index;
  }

  /**
   * Number of the stack that {@code frame} makes when called from {@code caller}; added if new.
   *
   * @param caller a number this method returned, or {@link Dictionary#EMPTY_STACK}
   * @param frame a number {@link #frame} returned
   */
  public int stack(int caller, int frame) {
    long key = ((long) caller << Integer.SIZE) | frame;
    Integer known = stacks.get(key);
    if (known != null) {
      return known;
    }
    int index = stacks.size() + 1;
    stacks.put(key, index);
    newStacks.unsigned(caller);
    newStacks.unsigned(frame);
    newStackCount++;
    return index;
  }

  /** Number of a new entry in the thread table. */
  public int thread(long id, String name) {
    int nameIndex = string(name);
    newThreads.unsigned(id);
    newThreads.unsigned(nameIndex);
    newThreadCount++;
    return threadCount++;
  }

  /** Adds what one thread allocated of one class at one stack since the last flush. */
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    entries.unsigned(stack);
    entries.unsigned(className);
    entries.unsigned(thread);
    entries.unsigned(objects);
    entries.unsigned(bytes);
    entryCount++;
    allocatedBytes += bytes;
    allocatedObjects += objects;
    // A few entries may bring many new frames and names along.
    int dictionaryBytes = newStrings.size() + newFrames.size() + newStacks.size();
    if (entries.size() + dictionaryBytes > SPLIT_BYTES) {
      buildAllocations(flushedMillis);
    }
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
    buildAllocations(progress.elapsedMillis());
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

  private void buildAllocations(long endMillis) {
    buildDictionary();
    if (entryCount > 0) {
      block.unsigned(flushedMillis);
      block.unsigned(Math.max(0, endMillis - flushedMillis));
      entryCount = section(entryCount, entries);
      buildBlock(RecordingLayout.TYPE_ALLOCATIONS);
    }
  }

  private void buildDictionary() {
    if (newStringCount + newFrameCount + newStackCount + newThreadCount > 0) {
      newStringCount = section(newStringCount, newStrings);
      newFrameCount = section(newFrameCount, newFrames);
      newStackCount = section(newStackCount, newStacks);
      newThreadCount = section(newThreadCount, newThreads);
      buildBlock(RecordingLayout.TYPE_DICTIONARY);
    }
  }

  /** Moves a section into the block being built; returns its new count, 0. */
  private int section(int count, PayloadWriter section) {
    block.unsigned(count);
    block.append(section);
    section.clear();
    return 0;
  }

  private void buildBlock(int type) {
    file.block(type, block);
    block.clear();
  }
}
