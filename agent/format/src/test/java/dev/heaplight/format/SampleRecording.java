package dev.heaplight.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small recording with one of everything, and what a reader must make of it.
 *
 * <p>{@link #main} wrote the golden file of format version 1 and must not write it again: the file
 * stands for all recordings of that version out there.
 */
final class SampleRecording {
  static final RecordingHeader HEADER =
      new RecordingHeader(
          "allocate_memory",
          "task",
          "4711-1",
          attributes(),
          "exact",
          1_790_000_000_000L,
          4711,
          "worker-é",
          "OpenJDK 64-Bit Server VM 17.0.15+6",
          "0.1.0");

  static final List<String> EVENTS =
      List.of(
          "RecordingHeader[name=allocate_memory, kind=task, id=4711-1,"
              + " attributes={attempt=2, dataset=größer, empty=}, mode=exact,"
              + " startEpochMillis=1790000000000, pid=4711, host=worker-é,"
              + " jvm=OpenJDK 64-Bit Server VM 17.0.15+6, agentVersion=0.1.0]",
          "note sampled stacks only",
          "note " + "a long note is deflated; ".repeat(20),
          "slice 0..1000",
          "3 byte[] of 3145728 bytes on main#1 at"
              + " com.acme.Job.allocate(Job.java:42) < com.acme.Job.run(Job.java:17)",
          "1 java.lang.Object of 16 bytes on main#1 at com.acme.Job.run(Job.java:17)",
          "Progress[elapsedMillis=1000, jvmAllocatedBytes=3145760, gcCount=0, samples=4,"
              + " agentBytes=512, samplingIntervalBytes=1]",
          "slice 1000..2500",
          "7 java.util.ArrayList$Itr of 224 bytes on pool-1-thread-1#23 at"
              + " java.lang.Thread.run(:0) < java.lang.Thread.start0(Thread.java:-1)",
          "9000000000 byte[] of 9000000000000000 bytes on pool-1-thread-1#23 at ",
          "Progress[elapsedMillis=2500, jvmAllocatedBytes=-1, gcCount=-1, samples=11,"
              + " agentBytes=1024, samplingIntervalBytes=512]",
          "Progress[elapsedMillis=2600, jvmAllocatedBytes=0, gcCount=3, samples=11,"
              + " agentBytes=1024, samplingIntervalBytes=2048]",
          "Footer[durationMillis=2600, allocatedBytes=9000000003145968,"
              + " allocatedObjects=9000000011, endReason=closed]");

  /** How many of {@link #EVENTS} each block holds, in file order. */
  static final int[] EVENTS_OF_BLOCKS = {1, 1, 0, 3, 1, 0, 3, 1, 1, 1};

  private SampleRecording() {}

  /** Writes the golden file anew, to a path that does not exist yet. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]));
  }

  static void write(Path file) throws IOException {
    RecordingWriter writer = RecordingWriter.create(file, HEADER);
    writer.note("sampled stacks only");
    writer.note("a long note is deflated; ".repeat(20));
    int run = writer.frame(new Frame("com.acme.Job", "run", "Job.java", 17));
    int allocate = writer.frame(new Frame("com.acme.Job", "allocate", "Job.java", 42));
    int outer = writer.stack(Dictionary.EMPTY_STACK, run);
    int inner = writer.stack(outer, allocate);
    int main = writer.thread(1, "main");
    int bytes = writer.string("byte[]");
    writer.allocation(inner, bytes, main, 3, 3_145_728);
    writer.allocation(outer, writer.string("java.lang.Object"), main, 1, 16);
    writer.flush(new Progress(1000, 3_145_760, 0, 4, 512, 1));
    secondSlice(writer, bytes);
    writer.finish(new Progress(2600, 0, 3, 11, 1024, 2048), "closed");
  }

  private static void secondSlice(RecordingWriter writer, int bytes) throws IOException {
    int start =
        writer.frame(new Frame("java.lang.Thread", "start0", "Thread.java", Frame.NATIVE_LINE));
    int run = writer.frame(new Frame("java.lang.Thread", "run", "", Frame.UNKNOWN_LINE));
    int stack = writer.stack(writer.stack(Dictionary.EMPTY_STACK, start), run);
    int thread = writer.thread(23, "pool-1-thread-1");
    writer.allocation(stack, writer.string("java.util.ArrayList$Itr"), thread, 7, 224);
    writer.allocation(
        Dictionary.EMPTY_STACK, bytes, thread, 9_000_000_000L, 9_000_000_000_000_000L);
    writer.flush(new Progress(2500, Progress.UNKNOWN, Progress.UNKNOWN, 11, 1024, 512));
  }

  private static Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("attempt", "2");
    attributes.put("dataset", "größer");
    attributes.put("empty", "");
    return attributes;
  }
}
