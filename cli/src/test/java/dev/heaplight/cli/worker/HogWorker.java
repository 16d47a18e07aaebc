package dev.heaplight.cli.worker;

import dev.heaplight.TaskMemoryLimitError;
import dev.heaplight.Tracker;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A task that keeps 4 MB each 20 ms, or with {@code calm} one that keeps 8 MB for 15 s. */
public final class HogWorker {
  private static final int CHUNK_BYTES = 4 << 20;
  private static final int MANY = 4096;
  private static final int CALM_LOOPS = 750;

  private HogWorker() {}

  /** Runs the task. */
  public static void main(String[] args) {
    boolean calm = args.length > 0 && args[0].equals("calm");
    try (Tracker tracker = Tracker.open(calm ? "calm" : "hog")) {
      System.out.println("ready");
      grow(calm);
      System.out.println("finished");
    } catch (TaskMemoryLimitError e) {
      System.out.println("failed " + e.limit() + " " + e.report().orElseThrow());
      System.out.println("hottest " + e.hottestStack().get(0));
      System.out.println("message " + String.valueOf(e.getMessage()).replace('\n', '|'));
    }
  }

  private static void grow(boolean calm) {
    byte[][] kept = new byte[MANY][];
    for (int i = 0; i < (calm ? CALM_LOOPS : MANY); i++) {
      if (!calm || i < 2) {
        kept[i] = new byte[CHUNK_BYTES];
        Arrays.fill(kept[i], (byte) i);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    System.out.println(kept.length);
  }
}
