package dev.heaplight.bench.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Holds workers after their warm-up until all of a round are there, so that what they measure runs
 * at the same time. A worker writes the file {@code ready} in its directory and waits for {@code
 * go}.
 */
public final class StartingGate {
  /** System property with the worker's directory; without it nothing waits. */
  public static final String PROPERTY = "heaplight.bench.gate";

  private static final String READY = "ready";
  private static final String GO = "go";
  private static final long POLL_MILLIS = 5;

  private StartingGate() {}

  static void await() throws IOException, InterruptedException {
    String directory = System.getProperty(PROPERTY);
    if (directory != null) {
      Files.createFile(Path.of(directory, READY));
      awaitFile(Path.of(directory, GO));
    }
  }

  /** Whether the worker of {@code directory} waits. */
  public static boolean isReady(Path directory) {
    return Files.exists(directory.resolve(READY));
  }

  /** Lets the worker of {@code directory} go on. */
  public static void open(Path directory) throws IOException {
    Files.createFile(directory.resolve(GO));
  }

  private static void awaitFile(Path file) throws IOException, InterruptedException {
    ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    while (!Files.exists(file)) {
      if (parent != null && !parent.isAlive()) {
        throw new IOException("whoever would open the gate has ended: file=" + file);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
