package dev.heaplight.samples.ray;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What runs on the cluster. */
public final class Tasks {
  private static final int CHUNK_BYTES = 1_000_000;

  private Tasks() {}

  /** Allocates so many megabytes, one after the other, and forgets them. */
  public static long allocateMemory(int megabytes) {
    long checksum = 0;
    for (int i = 0; i < megabytes; i++) {
      byte[] chunk = new byte[CHUNK_BYTES];
      chunk[i % CHUNK_BYTES] = 1;
      checksum += chunk[i % CHUNK_BYTES];
    }
    return checksum;
  }

  /** Waits, and so keeps a worker to itself. */
  public static long waitFor(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    return millis;
  }

  /** The hog: keeps megabytes until there are none left. */
  public static long keepMemory(int megabytes) {
    byte[][] kept = new byte[megabytes][];
    for (int i = 0; i < megabytes; i++) {
      kept[i] = new byte[CHUNK_BYTES];
    }
    return kept.length;
  }
}
