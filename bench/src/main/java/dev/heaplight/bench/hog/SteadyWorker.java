package dev.heaplight.bench.hog;

import dev.heaplight.Tracker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A task with little memory and light work. Arguments: start file, milliseconds to work. */
public final class SteadyWorker {
  /** What it prints when nothing ended it. */
  static final String FINISHED = "finished";

  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS = 20;

  private SteadyWorker() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    try (Tracker tracker = Tracker.open("steady")) {
      byte[][] kept = new byte[CHUNKS][];
      for (int i = 0; i < CHUNKS; i++) {
        kept[i] = new byte[CHUNK_BYTES];
        Arrays.fill(kept[i], (byte) 2);
      }
      StartSignal.await(Path.of(args[0]));
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1]));
      for (int i = 0; System.nanoTime() < end; i++) {
        kept[i % CHUNKS] = new byte[CHUNK_BYTES];
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    System.out.println(FINISHED);
  }
}
