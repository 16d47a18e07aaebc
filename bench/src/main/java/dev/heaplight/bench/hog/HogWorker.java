package dev.heaplight.bench.hog;

import dev.heaplight.TaskMemoryLimitError;
import dev.heaplight.Tracker;
import java.nio.file.Path;
import java.util.Arrays;

/** A task that keeps and fills all memory it can get. Arguments: start file, bytes a second. */
public final class HogWorker {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int MAX_CHUNKS = 1 << 14;

  private HogWorker() {}

  /** Runs it; prints {@code failed node} where the task was failed. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    try (Tracker tracker = Tracker.open("hog")) {
      StartSignal.await(Path.of(args[0]));
      grow(Double.parseDouble(args[1]));
    } catch (TaskMemoryLimitError e) {
      System.out.println("failed " + e.limit());
      System.out.println("named " + e.hottestStack().stream().anyMatch(HogWorker::isHog));
    }
  }

  private static boolean isHog(String frame) {
    return frame.contains("HogWorker.grow");
  }

  private static void grow(double bytesPerSecond) {
    byte[][] kept = new byte[MAX_CHUNKS][];
    int count = 0;
    long start = System.nanoTime();
    double bytes = 0;
    while (true) {
      byte[] chunk = new byte[CHUNK_BYTES];
      Arrays.fill(chunk, (byte) 1);
      kept[count++ % MAX_CHUNKS] = chunk;
      bytes += CHUNK_BYTES;
      while (bytesPerSecond > 0
          && bytes > bytesPerSecond * (System.nanoTime() - start) / NANOS_PER_SECOND) {
        Thread.onSpinWait();
      }
    }
  }
}
