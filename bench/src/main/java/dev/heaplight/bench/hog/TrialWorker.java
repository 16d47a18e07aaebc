package dev.heaplight.bench.hog;

import dev.heaplight.Tracker;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A task that holds memory until it is killed. Arguments: megabytes, and {@code idle}, {@code busy}
 * or {@code collect}, which collects all the time.
 */
public final class TrialWorker {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int LINKS_PER_MEGABYTE = 1 << 15;

  /** What takes collections long: many small objects, each reached through the one before. */
  private static final class Link {
    private final @Nullable Link next;
    private final long number;

    Link(@Nullable Link next, long number) {
      this.next = next;
      this.number = number;
    }
  }

  private TrialWorker() {}

  /** Runs it. */
  @SuppressWarnings("SystemOut") // how workers talk to the harness
  public static void main(String[] args) {
    int megabytes = Integer.parseInt(args[0]);
    String way = args[1];
    try (Tracker tracker = Tracker.open(way)) {
      if (way.equals("collect")) {
        collect(megabytes);
      } else {
        hold(megabytes, way.equals("busy"));
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void hold(int megabytes, boolean busy) {
    byte[][] kept = new byte[megabytes][];
    for (int i = 0; i < megabytes; i++) {
      kept[i] = new byte[CHUNK_BYTES];
      Arrays.fill(kept[i], (byte) 1);
    }
    System.out.println(StartSignal.READY);
    for (int i = 0; kept.length == megabytes; i++) {
      if (busy) {
        kept[0][i & (CHUNK_BYTES - 1)]++;
      } else {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void collect(int megabytes) {
    Link last = new Link(null, 0);
    for (long i = 1; i < (long) megabytes * LINKS_PER_MEGABYTE; i++) {
      last = new Link(last, i);
    }
    System.out.println(StartSignal.READY);
    while (last.number > 0) {
      long before = System.nanoTime();
      System.gc();
      System.out.println("stopped " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
    }
    System.out.println(last.next == null);
  }
}
