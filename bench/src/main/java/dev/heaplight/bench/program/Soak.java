package dev.heaplight.bench.program;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.heaplight.Tracker;
import dev.heaplight.bench.overhead.BenchFiles;
import dev.heaplight.bench.workload.Workload;
import dev.heaplight.bench.workload.WorkloadKind;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A database at work for long, in scopes of mixed length, in a small heap: does anything grow, and
 * is any scope lost?
 *
 * <p>Usage: {@code Soak [MINUTES [AGENT_OPTIONS [SCOPES_PER_SECOND]]]}; with a rate, scopes are as
 * short as that asks for.
 */
public final class Soak {
  private static final int DEFAULT_MINUTES = 20;

  private Soak() {}

  /** Runs the worker. The agent's complaints appear on standard error. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchFiles files = BenchFiles.locate();
    String minutes = arguments.length == 0 ? Integer.toString(DEFAULT_MINUTES) : arguments[0];
    String agent = arguments.length > 1 ? "," + arguments[1] : "";
    String rate = arguments.length > 2 ? arguments[2] : "0";
    Path run = files.newRunDirectory();
    try {
      new ChildJvm(files, List.of("-Xmx256m", ChildJvm.heaplight(files, run) + agent))
          .run(System.out::println, Worker.class, minutes, rate);
    } finally {
      BenchFiles.delete(run);
    }
  }

  /** Runs under the agent. */
  public static final class Worker {
    private static final int LONGEST_OPERATIONS = 20_000;

    /** A scope may be ended a moment after its close. */
    private static final int CHECKED_LATER = 500;

    private final Random random = new Random(1);
    private final Workload workload;
    private int done;
    private long sum;
    private final Deque<Path> ended = new ArrayDeque<>();
    private final int scopesPerSecond;
    private long scopes;
    private long whole;
    private long lost;

    private Worker(Workload workload, int scopesPerSecond) {
      this.workload = workload;
      this.scopesPerSecond = scopesPerSecond;
    }

    /** Takes the minutes and the rate of scopes. */
    public static void main(String[] arguments) throws Exception {
      int minutes = Integer.parseInt(arguments[0]);
      System.out.println(
          "| minute | scopes | whole | lost | operations | heap after GC, kB | resident, kB | file descriptors |"
              + "\n|---|---|---|---|---|---|---|---|");
      try (Workload workload = WorkloadKind.H2.make()) {
        Worker worker = new Worker(workload, Integer.parseInt(arguments[1]));
        long start = System.nanoTime();
        for (int minute = 1; minute <= minutes; minute++) {
          worker.workUntil(start + TimeUnit.MINUTES.toNanos(minute));
          System.out.println(worker.row(minute));
        }
      }
    }

    private void workUntil(long endNanos) throws Exception {
      while (System.nanoTime() < endNanos) {
        if (scopesPerSecond > 0) {
          long scopeEnd = System.nanoTime() + TimeUnit.SECONDS.toNanos(1) / scopesPerSecond;
          scope(Math.min(endNanos, scopeEnd), Integer.MAX_VALUE);
          continue;
        }
        scope(endNanos, (int) Math.exp(random.nextDouble() * Math.log(LONGEST_OPERATIONS)));
      }
    }

    /** A scope of some operations, now and then with another one inside. */
    private void scope(long endNanos, int operations) throws Exception {
      Tracker tracker = Tracker.open("soak");
      try (tracker) {
        scopes++;
        for (int i = 0; i < operations && System.nanoTime() < endNanos; i++) {
          sum += workload.operate(done++);
          if (scopesPerSecond == 0 && random.nextInt(200) == 0) {
            scope(endNanos, 1 + random.nextInt(3));
          }
        }
      }
      ended.add(tracker.file().orElseThrow());
      if (ended.size() > CHECKED_LATER) {
        check(ended.remove());
      }
    }

    /** A scope is whole if its recording ended cleanly and holds what the JVM counted. */
    private void check(Path recording) throws IOException {
      RecordingModel model = RecordingModel.read(recording);
      boolean counted = model.coverage().isPresent();
      if (model.complete() && (counted || model.jvmAllocatedBytes().orElse(1) == 0)) {
        whole++;
      } else {
        lost++;
      }
      Files.delete(recording);
    }

    private String row(int minute) throws IOException {
      System.gc();
      long descriptors =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : -1;
      long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return String.format(
          Locale.ROOT,
          "| %d | %d | %d | %d | %d | %d | %d | %d |",
          minute,
          scopes,
          whole,
          lost,
          done + (sum & 0), // the sum makes all work needed
          heapBytes / 1024,
          residentKilobytes(),
          descriptors);
    }

    private static long residentKilobytes() throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return -1;
    }
  }
}
