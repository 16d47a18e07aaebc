package dev.heaplight.agent;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.ReadOutcome;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingReader;
import dev.heaplight.format.RecordingVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A recording, read whole. */
final class RecordedScope implements RecordingVisitor {
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<LiveKind, List<Entry>> compositions = new EnumMap<>(LiveKind.class);
  private final Map<LiveKind, LiveHeader> headers = new EnumMap<>(LiveKind.class);
  private final List<GcPoint> collections = new ArrayList<>();
  private List<Entry> begun = List.of();
  private @Nullable LiveHeader begunHeader;
  private final List<OffHeap> offHeap = new ArrayList<>();
  private final List<MemorySample> memory = new ArrayList<>();
  private final List<MemoryParts> memoryParts = new ArrayList<>();
  private @Nullable RecordingHeader header;
  private @Nullable Dictionary dictionary;
  private @Nullable Progress progress;
  private @Nullable ReadOutcome outcome;

  /**
   * What was allocated at one stack.
   *
   * @param stack frames, innermost first
   */
  record Entry(List<Frame> stack, String className, String thread, long objects, long bytes) {
    boolean passesThrough(String classPrefix) {
      return stack.stream().anyMatch(frame -> frame.className().startsWith(classPrefix));
    }

    boolean isAt(String className, String methodName) {
      return !stack.isEmpty()
          && stack.get(0).className().equals(className)
          && stack.get(0).methodName().equals(methodName);
    }
  }

  /**
   * What happened to off-heap memory that was taken at one stack.
   *
   * @param stack frames, innermost first
   */
  record OffHeap(
      List<Frame> stack,
      String kind,
      String thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    boolean passesThrough(String className, String methodName) {
      return stack.stream()
          .anyMatch(f -> f.className().equals(className) && f.methodName().equals(methodName));
    }

    long liveBytes() {
      return takenBytes - freedBytes;
    }
  }

  static RecordedScope read(Path file) throws IOException {
    RecordedScope scope = new RecordedScope();
    scope.outcome = RecordingReader.read(file, scope);
    return scope;
  }

  @Override
  public void header(RecordingHeader newHeader, Dictionary newDictionary) {
    header = newHeader;
    dictionary = newDictionary;
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    entries.add(entry(stack, className, thread, objects, bytes));
  }

  @Override
  public void live(LiveHeader newHeader) {
    begun = new ArrayList<>();
    begunHeader = newHeader;
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    begun.add(entry(stack, className, thread, objects, bytes));
  }

  @Override
  public void liveEnd() {
    LiveHeader ended = Objects.requireNonNull(begunHeader);
    headers.put(ended.kind(), ended);
    compositions.put(ended.kind(), begun);
  }

  @Override
  public void collection(GcPoint point) {
    collections.add(point);
  }

  private Entry entry(int stack, int className, int thread, long objects, long bytes) {
    Dictionary tables = Objects.requireNonNull(dictionary);
    return new Entry(
        frames(stack), tables.string(className), tables.thread(thread).name(), objects, bytes);
  }

  private List<Frame> frames(int stack) {
    Dictionary tables = Objects.requireNonNull(dictionary);
    List<Frame> frames = new ArrayList<>();
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = tables.parent(at)) {
      frames.add(tables.frame(tables.frameOf(at)));
    }
    return frames;
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
    Dictionary tables = Objects.requireNonNull(dictionary);
    offHeap.add(
        new OffHeap(
            frames(stack),
            tables.string(kind),
            tables.thread(thread).name(),
            takenObjects,
            takenBytes,
            freedObjects,
            freedBytes));
  }

  @Override
  public void memory(MemorySample sample) {
    memory.add(sample);
  }

  @Override
  public void memoryParts(MemoryParts parts) {
    memoryParts.add(parts);
  }

  @Override
  public void progress(Progress newProgress) {
    progress = newProgress;
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  /** When and how a composition was seen. */
  LiveHeader live(LiveKind kind) {
    return Objects.requireNonNull(headers.get(kind), kind::toString);
  }

  long liveBytes(LiveKind kind, Predicate<Entry> condition) {
    return Objects.requireNonNull(compositions.get(kind), kind::toString).stream()
        .filter(condition)
        .mapToLong(Entry::bytes)
        .sum();
  }

  /** Whether there is a composition of this kind. */
  boolean has(LiveKind kind) {
    return compositions.containsKey(kind);
  }

  List<GcPoint> collections() {
    return collections;
  }

  RecordingHeader header() {
    return Objects.requireNonNull(header);
  }

  List<String> notes() {
    return notes;
  }

  List<MemoryParts> memoryParts() {
    return memoryParts;
  }

  List<MemorySample> memory() {
    return memory;
  }

  List<OffHeap> offHeapWhere(Predicate<OffHeap> condition) {
    return offHeap.stream().filter(condition).toList();
  }

  long elapsedMillis() {
    return progress == null ? 0 : progress.elapsedMillis();
  }

  Progress progress() {
    return Objects.requireNonNull(progress);
  }

  boolean complete() {
    return Objects.requireNonNull(outcome).complete();
  }

  long bytes() {
    return bytesWhere(entry -> true);
  }

  long bytesWhere(Predicate<Entry> condition) {
    return entries.stream().filter(condition).mapToLong(Entry::bytes).sum();
  }

  long objectsWhere(Predicate<Entry> condition) {
    return entries.stream().filter(condition).mapToLong(Entry::objects).sum();
  }

  List<Entry> entriesWhere(Predicate<Entry> condition) {
    return entries.stream().filter(condition).toList();
  }

  /** Recorded bytes over the JVM's own count. */
  double coverage() {
    return (double) bytes() / progress().jvmAllocatedBytes();
  }
}
