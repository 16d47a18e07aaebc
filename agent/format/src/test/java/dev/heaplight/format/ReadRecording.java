package dev.heaplight.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything a reader told its visitor, in order and with all numbers resolved to names. */
final class ReadRecording implements RecordingVisitor {
  private final List<String> events = new ArrayList<>();
  private @Nullable RecordingHeader header;
  private @Nullable Dictionary dictionary;
  private @Nullable ReadOutcome outcome;

  static ReadRecording of(Path file) throws IOException {
    ReadRecording recording = new ReadRecording();
    recording.outcome = RecordingReader.read(file, recording);
    return recording;
  }

  List<String> events() {
    return events;
  }

  RecordingHeader header() {
    return Objects.requireNonNull(header);
  }

  Dictionary dictionary() {
    return Objects.requireNonNull(dictionary);
  }

  ReadOutcome outcome() {
    return Objects.requireNonNull(outcome);
  }

  @Override
  public void header(RecordingHeader newHeader, Dictionary newDictionary) {
    header = newHeader;
    dictionary = newDictionary;
    events.add(newHeader.toString());
  }

  @Override
  public void slice(long startMillis, long endMillis) {
    events.add("slice " + startMillis + ".." + endMillis);
  }

  @Override
  public void allocation(int stack, int className, int thread, long objects, long bytes) {
    events.add(entryText(stack, className, thread, objects, bytes));
  }

  @Override
  public void progress(Progress progress) {
    events.add(progress.toString());
  }

  @Override
  public void note(String text) {
    events.add("note " + text);
  }

  @Override
  public void footer(Footer footer) {
    events.add(footer.toString());
  }

  @Override
  public void live(LiveHeader live) {
    events.add(live.toString());
  }

  @Override
  public void liveEntry(int stack, int className, int thread, long objects, long bytes) {
    events.add("live " + entryText(stack, className, thread, objects, bytes));
  }

  @Override
  public void liveEnd() {
    events.add("live end");
  }

  @Override
  public void collection(GcPoint point) {
    events.add(point.toString());
  }

  @Override
  public void memory(MemorySample sample) {
    events.add(sample.toString());
  }

  @Override
  public void memoryParts(MemoryParts parts) {
    events.add(parts.toString());
  }

  @Override
  public void offHeapSlice(long startMillis, long endMillis) {
    events.add("off-heap slice " + startMillis + ".." + endMillis);
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
    events.add(
        "freed "
            + freedBytes
            + " bytes in "
            + freedObjects
            + ", took "
            + entryText(stack, kind, thread, takenObjects, takenBytes));
  }

  @Override
  public void lifetimes(List<Lifetime> all) {
    events.add(all.toString());
  }

  @Override
  public void agent(AgentCost cost) {
    events.add(cost.toString());
  }

  private String entryText(int stack, int className, int thread, long objects, long bytes) {
    Dictionary tables = dictionary();
    return objects
        + " "
        + tables.string(className)
        + " of "
        + bytes
        + " bytes on "
        + tables.thread(thread).name()
        + "#"
        + tables.thread(thread).id()
        + " at "
        + stackText(tables, stack);
  }

  /** Frames, innermost first. */
  private static String stackText(Dictionary tables, int stack) {
    List<String> frames = new ArrayList<>();
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = tables.parent(at)) {
      Frame frame = tables.frame(tables.frameOf(at));
      frames.add(
          frame.className()
              + "."
              + frame.methodName()
              + "("
              + frame.fileName()
              + ":"
              + frame.line()
              + ")");
    }
    return String.join(" < ", frames);
  }
}
