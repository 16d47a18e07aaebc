package dev.heaplight.samples.quickstart;

import dev.heaplight.Tracker;
import java.util.Arrays;

/** A task that allocates a megabyte again and again, inside a scope of its own. */
final class AllocateMemoryTask {
  private static final int ARRAY_BYTES = 1_000_000;

  private final int arrays;

  AllocateMemoryTask(int arrays) {
    this.arrays = arrays;
  }

  /** Returns a checksum, so that the work cannot be left out. */
  long run() {
    try (Tracker tracker = Tracker.open("allocate_memory")) {
      long sum = 0;
      for (int i = 0; i < arrays; i++) {
        byte[] array = new byte[ARRAY_BYTES];
        Arrays.fill(array, (byte) 1);
        sum += array[i] + array.length;
      }
      return sum;
    }
  }
}
