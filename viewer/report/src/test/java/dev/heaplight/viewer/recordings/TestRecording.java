package dev.heaplight.viewer.recordings;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import dev.heaplight.format.MemoryParts;
import dev.heaplight.format.MemorySample;
import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import dev.heaplight.format.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a recording by naming stacks outermost frame first. */
public final class TestRecording {
  /** When {@link #peak} was taken. */
  public static final LiveHeader PEAK = new LiveHeader(LiveKind.PEAK, 800, 2, "G1 Old", 5);

  /** When {@link #survivors} were taken. */
  public static final LiveHeader SURVIVORS =
      new LiveHeader(LiveKind.SURVIVORS, 1_400, 3, "G1 Old", 4);

  private final Path file;
  private final RecordingWriter writer;
  private final int thread;

  private TestRecording(Path file, RecordingHeader header) throws IOException {
    this.file = file;
    this.writer = RecordingWriter.create(file, header);
    this.thread = writer.thread(1, "main");
  }

  public static TestRecording create(Path file) throws IOException {
    return create(file, "allocate_memory", Map.of());
  }

  public static TestRecording create(Path file, String name, Map<String, String> attributes)
      throws IOException {
    return new TestRecording(
        file,
        new RecordingHeader(
            name,
            "task",
            "t-1",
            new LinkedHashMap<>(attributes),
            "exact",
            1_767_225_600_000L,
            4711,
            "worker-3",
            "OpenJDK 17.0.15",
            "0.1.0"));
  }

  /** A recording of a scope that was opened at a time of its own, by a worker of its own. */
  public static TestRecording create(
      Path file, String name, String kind, String id, long startMillis, String host, long pid)
      throws IOException {
    return new TestRecording(
        file,
        new RecordingHeader(
            name,
            kind,
            id,
            new LinkedHashMap<>(),
            "exact",
            startMillis,
            pid,
            host,
            "OpenJDK 17.0.15",
            "0.1.0"));
  }

  public static Frame frame(String classAndMethod, int line) {
    int dot = classAndMethod.lastIndexOf('.');
    String className = classAndMethod.substring(0, dot);
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    return new Frame(className, classAndMethod.substring(dot + 1), simpleName + ".java", line);
  }

  public int stack(Frame... outermostFirst) {
    int stack = Dictionary.EMPTY_STACK;
    for (Frame frame : outermostFirst) {
      stack = writer.stack(stack, writer.frame(frame));
    }
    return stack;
  }

  public TestRecording allocation(int stack, String className, long objects, long bytes) {
    return allocation(stack, className, thread, objects, bytes);
  }

  public TestRecording allocation(
      int stack, String className, int thread, long objects, long bytes) {
    writer.allocation(stack, writer.string(className), thread, objects, bytes);
    return this;
  }

  public TestRecording allocation(String className, long objects, long bytes, Frame... frames) {
    return allocation(stack(frames), className, objects, bytes);
  }

  /** One entry alive at the second collection. */
  public TestRecording peak(int stack, String className, long objects, long bytes) {
    return live(PEAK, stack, className, objects, bytes);
  }

  /** A composition of one entry. */
  public TestRecording live(
      LiveHeader header, int stack, String className, long objects, long bytes) {
    writer.beginLive(header);
    writer.liveEntry(stack, writer.string(className), thread, objects, bytes);
    writer.endLive();
    return this;
  }

  /** A composition of an entry for each stack, each of {@code bytes} more than the one before. */
  public TestRecording live(LiveHeader header, List<Integer> stacks, String className, long bytes) {
    writer.beginLive(header);
    for (int i = 0; i < stacks.size(); i++) {
      writer.liveEntry(stacks.get(i), writer.string(className), thread, i + 1, (i + 1) * bytes);
    }
    writer.endLive();
    return this;
  }

  /** Nothing survived. */
  public TestRecording survivors() {
    writer.beginLive(SURVIVORS);
    writer.endLive();
    return this;
  }

  public TestRecording offHeap(
      int stack, String kind, long takenObjects, long takenBytes, long freedObjects, long freed) {
    writer.offHeap(stack, kind, thread, takenObjects, takenBytes, freedObjects, freed);
    return this;
  }

  /** What the agent knows beside live objects: collections, memory, ages and its own cost. */
  public TestRecording facts(
      List<GcPoint> collections,
      List<MemorySample> memory,
      List<Lifetime> lifetimes,
      AgentCost cost) {
    collections.forEach(writer::collection);
    memory.forEach(writer::memory);
    writer.lifetimes(lifetimes);
    writer.agent(cost);
    return this;
  }

  /** What the process's memory consists of. */
  public TestRecording parts(MemoryParts... parts) {
    List.of(parts).forEach(writer::memoryParts);
    return this;
  }

  public int thread(long id, String name) {
    return writer.thread(id, name);
  }

  public TestRecording note(String text) {
    writer.note(text);
    return this;
  }

  public TestRecording flush(long elapsedMillis, long jvmBytes, long gcCount) throws IOException {
    writer.flush(progress(elapsedMillis, jvmBytes, gcCount));
    return this;
  }

  /** Ends cleanly. */
  public Path finish(long elapsedMillis, long jvmBytes, long gcCount) throws IOException {
    writer.finish(progress(elapsedMillis, jvmBytes, gcCount), "closed");
    return file;
  }

  /** Leaves the recording as a killed worker does; what was not flushed is lost. */
  public Path abandon() throws IOException {
    writer.close();
    return file;
  }

  private static Progress progress(long elapsedMillis, long jvmBytes, long gcCount) {
    return new Progress(elapsedMillis, jvmBytes, gcCount, 7, 0, 1);
  }
}
