package dev.heaplight.bench.overhead;

import dev.heaplight.bench.worker.StartingGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/**
 * One core for all workers of a round, which measure at the same time.
 *
 * <p>The kernel has them take turns every few milliseconds, so whatever else disturbs the machine
 * slows all of them alike: two bare workers differ by a hundredth where runs one after another
 * differ by a quarter. Thread-safe.
 */
final class SharedCore {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final long POLL_MILLIS = 20;

  private final int core;
  private final Phaser warm;

  SharedCore(int core, int workers) {
    this.core = core;
    this.warm = new Phaser(workers);
  }

  /** Whether processes can be bound to a core here. */
  static boolean isSupported() {
    return Files.isExecutable(TASKSET);
  }

  /** What a worker's command begins with. */
  List<String> command() {
    return List.of(TASKSET.toString(), "--cpu-list", Integer.toString(core));
  }

  /** Options of a worker's JVM; it compiles as if it had the whole machine. */
  List<String> jvmOptions(Path run) {
    return List.of(
        "-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors(),
        "-D" + StartingGate.PROPERTY + "=" + run);
  }

  /** Holds a worker until all of the round are warm or have ended. */
  void awaitOthers(Path run, Process worker) throws IOException, InterruptedException {
    while (!StartingGate.isReady(run)) {
      if (worker.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return; // it failed, which its output tells
      }
    }
    warm.awaitAdvanceInterruptibly(warm.arrive());
    StartingGate.open(run);
  }

  /** Takes a worker out that did not come to the gate, or is through. */
  void leave() {
    warm.arriveAndDeregister();
  }
}
