package dev.heaplight.bench.hog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file that appears when all workers are ready. */
final class StartSignal {
  static final String READY = "ready";

  private StartSignal() {}

  /** Says that the worker is ready and waits for the others. */
  @SuppressWarnings("SystemOut") // how workers talk to the harness
  static void await(Path file) {
    System.out.println(READY);
    while (!Files.exists(file)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
