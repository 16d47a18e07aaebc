package dev.heaplight.bench.program;

import dev.heaplight.bench.hog.TrialNode;
import dev.heaplight.bench.overhead.BenchFiles;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the memory monitor does, and what it leaves alone, in real memory cgroups.
 *
 * <p>Usage: {@code MonitorTrials [--trials a,b] [--runs N]}; the trials are {@code cache} (a large
 * file is written and read in the group), {@code shared} (1 GB of shared memory below the
 * threshold), {@code lowered} (the limit is lowered below what is in use), {@code killed} (the same
 * right after the leader was killed, beside busy processors), {@code stopped} (the same while the
 * leader collects without end) and {@code cost} (CPU time of monitors).
 */
public final class MonitorTrials {
  private static final int WARM_UP_MILLIS = 30_000;
  private static final long MB = 1 << 20;
  private static final int HELD = 200;

  /** So much that three workers start in it undisturbed. */
  private static final long ROOMY_BYTES = 900 * MB;

  private static final String MONITOR_THREAD = "heaplight-monit";
  private static final int TICKS_PER_SECOND = 100;

  private final BenchFiles files;
  private final int runs;

  private MonitorTrials(BenchFiles files, int runs) {
    this.files = files;
    this.runs = runs;
  }

  /** Runs them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    MonitorTrials trials =
        new MonitorTrials(
            BenchFiles.locate(), Integer.parseInt(options.getOrDefault("--runs", "10")));
    String all = "cache,shared,lowered,killed,stopped,cost";
    for (String trial : options.getOrDefault("--trials", all).split(",", -1)) {
      switch (trial) {
        case "cache" -> trials.cache();
        case "shared" -> trials.shared();
        case "lowered" -> trials.react(trial, false, "idle");
        case "killed" -> trials.react(trial, true, "busy");
        case "stopped" -> trials.react(trial, false, "collect");
        case "cost" -> trials.cost();
        default -> throw new IllegalArgumentException("unknown trial: actual=" + trial);
      }
    }
  }

  private void cache() throws IOException, InterruptedException {
    Path file = Files.createTempFile(files.target(), "cache", null);
    try (TrialNode node = TrialNode.of(files, 600 * MB)) {
      node.start("holder", "", HELD, "idle");
      SessionState state = node.state();
      node.runInside("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=1024", "conv=fsync");
      node.runInside("dd", "if=" + file, "of=/dev/null", "bs=1M");
      long charged = node.chargedBytes();
      Decision decision = TrialNode.awaitDecision(state, 0, 3_000);
      print(
          "cache: charged %d MB of 600 MB, in use %d MB, decisions %d, worker alive %b",
          charged / MB,
          node.usedBytes() / MB,
          decision == null ? 0 : 1,
          node.worker("holder").isAlive());
    } finally {
      Files.delete(file);
    }
  }

  private void shared() throws IOException, InterruptedException {
    Path file = Path.of("/dev/shm/heaplight-trial-" + ProcessHandle.current().pid());
    try (TrialNode node = TrialNode.of(files, 1_400 * MB)) {
      node.start("holder", "", HELD, "idle");
      SessionState state = node.state();
      node.runInside("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=1000");
      Decision decision = TrialNode.awaitDecision(state, 0, 3_000);
      print(
          "shared: in use %d MB of 1400 MB with 1000 MB shared, decisions %d, worker alive %b",
          node.usedBytes() / MB, decision == null ? 0 : 1, node.worker("holder").isAlive());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Lowers the limit below what is in use, and sees how long a decision takes. */
  private void react(String trial, boolean killLeader, String leaderWay)
      throws IOException, InterruptedException {
    double[] decided = new double[runs];
    double[] ended = new double[runs];
    long kernelKills = 0;
    long reports = 0;
    long wrong = 0;
    for (int run = 0; run < runs; run++) {
      int leaderHolds = leaderWay.equals("collect") ? 400 : 10;
      try (TrialNode node = TrialNode.of(files, ROOMY_BYTES + 2 * MB * leaderHolds)) {
        node.start("leader", "", leaderHolds, leaderWay);
        SessionState state = node.state();
        node.start("standby", "", 10, killLeader ? "busy" : "idle");
        node.start("holder", "", HELD, "idle");
        Process leader = node.worker("leader");
        if (state.leaderPid() != leader.pid()) {
          throw new IOException(
              "leader: expected=" + leader.pid() + ", actual=" + state.leaderPid());
        }
        long version = state.version();
        if (killLeader) {
          leader.destroyForcibly().waitFor(); // some 20 ms, in which its memory comes back
        }
        long limit = node.usedBytes() / 100 * 103; // above use, below use over the threshold
        long begin = System.nanoTime();
        node.setLimit(limit);
        Decision decision = TrialNode.awaitDecision(state, version, 5_000);
        if (decision == null) {
          throw new IOException(trial + ": no decision within 5 s");
        }
        decided[run] = (decision.decidedNanos() - begin) / 1e6;
        Process largest = node.worker(leaderHolds > HELD ? "leader" : "holder");
        wrong += decision.victim().pid() == largest.pid() ? 0 : 1;
        largest.waitFor(10, TimeUnit.SECONDS);
        ended[run] = (System.nanoTime() - begin) / 1e6;
        TrialNode.awaitSettled(state);
        kernelKills += node.kernelKills();
        reports += node.reports();
        if (leaderWay.equals("collect") && run == 0) {
          print("stopped: leader's collections in ms: %s", stops(node.output("leader")));
        }
      }
    }
    print(
        "%s: runs %d, decided after ms median %.1f max %.1f, victim gone after ms median %.1f max"
            + " %.1f, other victims %d, kernel kills %d, reports %d",
        trial,
        runs,
        median(decided),
        Arrays.stream(decided).max().orElse(0),
        median(ended),
        Arrays.stream(ended).max().orElse(0),
        wrong,
        kernelKills,
        reports);
  }

  private static String stops(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("stopped "))
        .skip(3)
        .limit(5)
        .map(line -> line.substring("stopped ".length()))
        .toList()
        .toString();
  }

  /**
   * CPU time of the monitors' threads in a minute, when they are warm, at rest and close below the
   * threshold.
   */
  private void cost() throws IOException, InterruptedException {
    for (int percent : List.of(5, 50, 80, 90)) {
      try (TrialNode node = TrialNode.of(files, ROOMY_BYTES)) {
        node.start("leader", "", 10, "idle");
        node.start("standby", "", 10, "idle");
        node.start("holder", "", HELD, "idle");
        SessionState state = node.state();
        // What happens once, loading and compiling above all, is no cost of watching; and it takes
        // memory, so that the limit comes after.
        Decision early = TrialNode.awaitDecision(state, 0, WARM_UP_MILLIS);
        node.setLimit(node.usedBytes() / percent * 100);
        long[] before = {ticks(node, "leader"), ticks(node, "standby")};
        long begin = System.nanoTime();
        Decision decision = TrialNode.awaitDecision(state, 0, 60_000);
        double seconds = (System.nanoTime() - begin) / 1e9;
        print(
            "cost at %d %% of the limit: leader %.2f %% of a core, standby %.2f %%, look every"
                + " %.0f ms, decisions %d",
            percent,
            share(ticks(node, "leader") - before[0], seconds),
            share(ticks(node, "standby") - before[1], seconds),
            state.lookNanos() / 1e6,
            early == null && decision == null ? 0 : 1);
      }
    }
  }

  private static double share(long ticks, double seconds) {
    return 100.0 * ticks / TICKS_PER_SECOND / seconds;
  }

  /** CPU ticks of a worker's monitor thread, from {@code /proc}. */
  private static long ticks(TrialNode node, String worker) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(node.worker(worker).pid()), "task");
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.contains("(" + MONITOR_THREAD)) {
          String[] fields = stat.substring(stat.indexOf(") ") + 2).split(" ", -1);
          return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
      }
    }
    throw new IOException("no thread " + MONITOR_THREAD + ": worker=" + worker);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // it is a program that prints figures
  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
