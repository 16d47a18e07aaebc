package dev.heaplight.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small recording of live objects, collections, memory and off-heap memory, with an afterword.
 *
 * <p>{@link #main} wrote the golden file {@code v1-live.heaplight} and must not write it again.
 */
final class LiveSampleRecording {
  private static final LiveHeader FIRST_PEAK = new LiveHeader(LiveKind.PEAK, 900, 0, "", 3);
  private static final LiveHeader PEAK =
      new LiveHeader(LiveKind.PEAK, 1400, 2, "G1 Young Generation", 12);
  private static final LiveHeader SURVIVORS =
      new LiveHeader(LiveKind.SURVIVORS, 2000, 3, "G1 Old Generation", 7);
  private static final LiveHeader TEMPORARY =
      new LiveHeader(LiveKind.TEMPORARY, 2000, 3, "G1 Old Generation", 40);
  private static final LiveHeader LATER =
      new LiveHeader(LiveKind.SURVIVORS, 9000, 5, "G1 Old Generation", 7);

  static final List<String> EVENTS =
      List.of(
          SampleRecording.HEADER.toString(),
          FIRST_PEAK.toString(),
          "live 2 byte[] of 2097152 bytes on main#1 at com.acme.Cache.fill(Cache.java:9)",
          "live end",
          "slice 0..1000",
          "3 byte[] of 3145728 bytes on main#1 at com.acme.Cache.fill(Cache.java:9)",
          "off-heap slice 0..1000",
          "freed 4096 bytes in 1, took 2 direct of 12288 bytes on main#1 at"
              + " com.acme.Cache.fill(Cache.java:9)",
          "GcPoint[elapsedMillis=850, collector=G1 Young Generation, durationMillis=12,"
              + " liveObjects=2, liveBytes=2097152]",
          "GcPoint[elapsedMillis=990, collector=, durationMillis=-1, liveObjects=-1,"
              + " liveBytes=-1]",
          "MemorySample[elapsedMillis=100, rssBytes=50000000, rssMinusSharedBytes=40000000,"
              + " heapUsedBytes=9000000, heapCommittedBytes=16000000, directBytes=8192,"
              + " metaspaceBytes=3000000]",
          "MemorySample[elapsedMillis=200, rssBytes=-1, rssMinusSharedBytes=-1,"
              + " heapUsedBytes=9000001, heapCommittedBytes=16000000, directBytes=0,"
              + " metaspaceBytes=-1]",
          "[Lifetime[collectionsSurvived=0, millisLog2=0, objects=5, bytes=80]]",
          "AgentCost[cpuNanos=1000000, memoryBytes=65536, memoryLimitBytes=67108864]",
          "Progress[elapsedMillis=1000, jvmAllocatedBytes=3145760, gcCount=2, samples=4,"
              + " agentBytes=512, samplingIntervalBytes=1]",
          PEAK.toString(),
          "live 2 byte[] of 2097152 bytes on main#1 at com.acme.Cache.fill(Cache.java:9)",
          "live 1 java.util.ArrayList of 24 bytes on main#1 at ",
          "live end",
          SURVIVORS.toString(),
          "live 1 byte[] of 1048576 bytes on main#1 at com.acme.Cache.fill(Cache.java:9)",
          "live end",
          TEMPORARY.toString(),
          "live end",
          "off-heap slice 1000..2000",
          "freed 0 bytes in 0, took 1 mapped of 9000000000 bytes on main#1 at ",
          "[Lifetime[collectionsSurvived=0, millisLog2=0, objects=5, bytes=80],"
              + " Lifetime[collectionsSurvived=3, millisLog2=62, objects=1, bytes=16]]",
          "AgentCost[cpuNanos=-1, memoryBytes=-1, memoryLimitBytes=-1]",
          "Progress[elapsedMillis=2000, jvmAllocatedBytes=3145760, gcCount=3, samples=4,"
              + " agentBytes=512, samplingIntervalBytes=1]",
          "Footer[durationMillis=2000, allocatedBytes=3145728, allocatedObjects=3,"
              + " endReason=closed]",
          LATER.toString(),
          "live 1 byte[] of 1024 bytes on main#1 at com.acme.Cache.fill(Cache.java:9)",
          "live end");

  /** How many of {@link #EVENTS} each block holds, in file order. */
  static final int[] EVENTS_OF_BLOCKS = {
    0, 3, 2, 2, 2, 2, 1, 1, 1, 0, 4, 3, 2, 0, 2, 1, 1, 1, 1, 3
  };

  /** Index in {@link #EVENTS_OF_BLOCKS} of the footer. */
  static final int FOOTER_BLOCK = 18;

  private LiveSampleRecording() {}

  /** Writes the golden file anew, to a path that does not exist yet. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]));
  }

  static void write(Path file) throws IOException {
    RecordingWriter writer = RecordingWriter.create(file, SampleRecording.HEADER);
    int fill = writer.frame(new Frame("com.acme.Cache", "fill", "Cache.java", 9));
    int stack = writer.stack(Dictionary.EMPTY_STACK, fill);
    int main = writer.thread(1, "main");
    int bytes = writer.string("byte[]");
    firstFlush(writer, stack, bytes, main);
    writer.beginLive(PEAK);
    writer.liveEntry(stack, bytes, main, 2, 2_097_152);
    writer.liveEntry(Dictionary.EMPTY_STACK, writer.string("java.util.ArrayList"), main, 1, 24);
    writer.endLive();
    writer.beginLive(SURVIVORS);
    writer.liveEntry(stack, bytes, main, 1, 1_048_576);
    writer.endLive();
    writer.beginLive(TEMPORARY);
    writer.endLive();
    writer.offHeap(Dictionary.EMPTY_STACK, "mapped", main, 1, 9_000_000_000L, 0, 0);
    writer.lifetimes(List.of(new Lifetime(0, 0, 5, 80), new Lifetime(3, 62, 1, 16)));
    writer.agent(new AgentCost(Progress.UNKNOWN, Progress.UNKNOWN, Progress.UNKNOWN));
    writer.finish(new Progress(2000, 3_145_760, 3, 4, 512, 1), "closed");
    Afterword.append(
        file,
        new LiveSnapshot(
            LATER,
            new int[] {stack},
            new int[] {bytes},
            new int[] {main},
            new long[] {1},
            new long[] {1024}));
  }

  private static void firstFlush(RecordingWriter writer, int stack, int bytes, int main)
      throws IOException {
    writer.allocation(stack, bytes, main, 3, 3_145_728);
    writer.offHeap(stack, "direct", main, 2, 12_288, 1, 4096);
    writer.collection(new GcPoint(850, "G1 Young Generation", 12, 2, 2_097_152));
    writer.collection(new GcPoint(990, "", Progress.UNKNOWN, Progress.UNKNOWN, Progress.UNKNOWN));
    writer.memory(
        new MemorySample(100, 50_000_000, 40_000_000, 9_000_000, 16_000_000, 8192, 3_000_000));
    writer.memory(
        new MemorySample(
            200, Progress.UNKNOWN, Progress.UNKNOWN, 9_000_001, 16_000_000, 0, Progress.UNKNOWN));
    writer.lifetimes(List.of(new Lifetime(9, 9, 9, 9)));
    writer.lifetimes(List.of(new Lifetime(0, 0, 5, 80)));
    writer.agent(new AgentCost(1_000_000, 65_536, 64 << 20));
    writer.beginLive(FIRST_PEAK);
    writer.liveEntry(stack, bytes, main, 2, 2_097_152);
    writer.endLive();
    writer.flush(new Progress(1000, 3_145_760, 2, 4, 512, 1));
  }
}
