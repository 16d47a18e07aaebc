package dev.heaplight.bench.program;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.heaplight.Tracker;
import dev.heaplight.bench.overhead.BenchFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Opens and closes scopes on four threads: what does a scope cost, and does anything stay? */
public final class ManyScopes {
  private static final int THREADS = 4;
  private static final int STEPS = 10;
  private static final int DEFAULT_SCOPES = 1_000_000;

  private ManyScopes() {}

  /** Takes the number of scopes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchFiles files = BenchFiles.locate();
    int scopes = arguments.length == 0 ? DEFAULT_SCOPES : Integer.parseInt(arguments[0]);
    Path run = files.newRunDirectory();
    try {
      new ChildJvm(files, List.of("-Xmx256m", ChildJvm.heaplight(files, run)))
          .run(System.out::println, Worker.class, Integer.toString(scopes));
    } finally {
      BenchFiles.delete(run);
    }
  }

  /** Runs under the agent. */
  public static final class Worker {
    private Worker() {}

    /** Takes the number of scopes. */
    public static void main(String[] arguments) throws InterruptedException {
      int perStep = Integer.parseInt(arguments[0]) / STEPS / THREADS;
      System.out.println(
          "| scopes | heap after GC, kB | file descriptors | threads | open + close, median us"
              + " | 99 % |\n|---|---|---|---|---|---|");
      for (int step = 1; step <= STEPS; step++) {
        System.out.println(row(step * perStep * THREADS, step(perStep)));
      }
    }

    /** Opens {@code scopes} on each thread; returns nanoseconds of each, sorted. */
    private static long[] step(int scopes) throws InterruptedException {
      long[] nanos = new long[scopes * THREADS];
      Thread[] threads = new Thread[THREADS];
      for (int i = 0; i < THREADS; i++) {
        int first = i * scopes;
        threads[i] = new Thread(() -> openAndClose(nanos, first, scopes), "scopes-" + i);
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      Arrays.sort(nanos);
      return nanos;
    }

    private static void openAndClose(long[] nanos, int first, int scopes) {
      for (int i = first; i < first + scopes; i++) {
        long before = System.nanoTime();
        Tracker tracker = Tracker.open("scope");
        tracker.close();
        nanos[i] = System.nanoTime() - before;
        tracker.file().ifPresent(Worker::delete);
      }
    }

    /** So that a million files need no disk. */
    private static void delete(Path recording) {
      try {
        Files.delete(recording);
      } catch (IOException e) {
        throw new IllegalStateException("recording not deleted: file=" + recording, e);
      }
    }

    private static String row(int scopes, long[] sortedNanos) {
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long descriptors =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : -1;
      return String.format(
          Locale.ROOT,
          "| %d | %d | %d | %d | %.1f | %.1f |",
          scopes,
          heap / 1024,
          descriptors,
          ManagementFactory.getThreadMXBean().getThreadCount(),
          sortedNanos[sortedNanos.length / 2] / 1e3,
          sortedNanos[sortedNanos.length * 99 / 100] / 1e3);
    }
  }
}
