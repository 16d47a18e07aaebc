package dev.heaplight.bench.program;

import dev.heaplight.Tracker;
import dev.heaplight.bench.overhead.BenchFiles;
import dev.heaplight.bench.workload.Workload;
import dev.heaplight.bench.workload.WorkloadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Throughput around the first scope of a program that is warm: operations in windows of 10 ms. What
 * compiled code must be thrown away for shows here.
 */
public final class FirstScopeDip {
  private static final int WARM_UP_OPERATIONS = 30_000;
  private static final long WINDOW_NANOS = 10_000_000;
  private static final int WINDOWS_BEFORE = 100;
  private static final int WINDOWS_AFTER = 300;

  private FirstScopeDip() {}

  /** Takes the workload; its operations should take far less than 10 ms. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchFiles files = BenchFiles.locate();
    String workload = arguments.length > 0 ? arguments[0] : WorkloadKind.BOXING.title();
    Path run = files.newRunDirectory();
    try {
      new ChildJvm(files, List.of("-Xmx512m", "-XX:+UseSerialGC", ChildJvm.heaplight(files, run)))
          .run(System.out::println, Worker.class, workload);
    } finally {
      BenchFiles.delete(run);
    }
  }

  /** Runs under the agent. */
  public static final class Worker {
    private final Workload workload;
    private int done;
    private long sum;

    private Worker(Workload workload) {
      this.workload = workload;
    }

    /** Takes the workload. */
    public static void main(String[] arguments) throws Exception {
      try (Workload workload = WorkloadKind.of(arguments[0]).make()) {
        new Worker(workload).run();
      }
    }

    private void run() throws Exception {
      while (done < WARM_UP_OPERATIONS) {
        sum += workload.operate(done++);
      }
      int[] before = windows(WINDOWS_BEFORE);
      int[] after;
      long opening = System.nanoTime();
      try (Tracker tracker = Tracker.open("first")) {
        opening = System.nanoTime() - opening;
        after = windows(WINDOWS_AFTER);
      }
      System.out.println("sum=" + sum + ", opening the scope took us=" + opening / 1_000);
      report(before, after);
    }

    private int[] windows(int count) throws Exception {
      int[] operations = new int[count];
      long start = System.nanoTime();
      for (int window = 0; window < count; window++) {
        long end = start + (window + 1) * WINDOW_NANOS;
        while (System.nanoTime() < end) {
          sum += workload.operate(done++);
          operations[window]++;
        }
      }
      return operations;
    }

    private static void report(int[] before, int[] after) {
      int[] sortedBefore = before.clone();
      Arrays.sort(sortedBefore);
      int[] sortedAfter = after.clone();
      Arrays.sort(sortedAfter);
      int steadyAfter = sortedAfter[after.length / 2];
      int recovered = 0;
      while (recovered < after.length && after[recovered] < 0.9 * steadyAfter) {
        recovered++;
      }
      System.out.println(
          "operations in 10 ms: median before="
              + (sortedBefore[before.length / 2] + ", lowest before=" + sortedBefore[0])
              + (", median after=" + steadyAfter + ", lowest after=" + sortedAfter[0])
              + (", windows until 90 % of the later median=" + recovered));
      System.out.println("first windows after: " + Arrays.toString(Arrays.copyOf(after, 30)));
    }
  }
}
