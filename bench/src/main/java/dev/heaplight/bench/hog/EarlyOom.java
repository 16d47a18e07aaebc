package dev.heaplight.bench.hog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Debian's {@code earlyoom}, set to act when as much more is in use as brings the group to its
 * trigger.
 *
 * <p>It watches the machine and knows no cgroups: so its bound is what the machine has available
 * now, less what the group may still take. And it ends the largest process it sees, whoever's that
 * is: it runs only where it sees no other processes than the benchmark's own.
 */
public final class EarlyOom {
  /** Name of this guard. */
  public static final String NAME = "earlyoom";

  private static final Path PROGRAM = Path.of("/usr/bin/earlyoom");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";
  private static final long KIB = 1024;
  private static final String RUNNING = "mem avail";

  private EarlyOom() {}

  /**
   * Makes sure that it can run without harm.
   *
   * @throws IOException if it is not installed, or sees other processes
   */
  public static void require() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IOException("earlyoom: not installed, path=" + PROGRAM + "; apt-get install it");
    }
    if (!Files.readString(Path.of("/proc/1/cmdline")).contains("HogGuard")) {
      throw new IOException(
          "earlyoom: it would see all processes of this machine; start with"
              + " unshare --pid --fork --mount-proc bench/program HogGuard ...");
    }
  }

  /** Starts it; it acts once {@code roomBytes} more are in use, and asks nobody before it kills. */
  static Process start(long roomBytes, Path directory) throws IOException {
    Path output = directory.resolve("earlyoom.out");
    long bound = Math.max(1, availableKib() - roomBytes / KIB);
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-M", bound + "," + bound, "-s", "100,100", "-p", "-r", "1")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    while (!Files.readString(output).contains(RUNNING)) {
      if (!process.isAlive()) {
        throw new IOException("earlyoom ended: " + Files.readString(output));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return process;
  }

  private static long availableKib() throws IOException {
    for (String line : Files.readAllLines(MEMORY)) {
      if (line.startsWith(AVAILABLE)) {
        return Long.parseLong(line.substring(AVAILABLE.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("no available memory: file=" + MEMORY + ", expected=" + AVAILABLE);
  }
}
