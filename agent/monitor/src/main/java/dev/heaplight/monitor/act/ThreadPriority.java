package dev.heaplight.monitor.act;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Puts a thread before others at the processors, where this user may do that.
 *
 * <p>A hog keeps all processors busy, with its collector's threads too, and a monitor that waits
 * for its turn comes too late: measured on 2 processors, up to 50 ms. Java's own priorities do
 * nothing on Linux. So {@code renice}, which every distribution has, is run on the thread's number;
 * without the right (CAP_SYS_NICE) nothing changes.
 */
public final class ThreadPriority {
  private static final String NICE = "-10";

  private ThreadPriority() {}

  /** Raises the calling platform thread's priority; false if that was refused. */
  public static boolean raise() {
    try {
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      Process renice =
          new ProcessBuilder("renice", "-n", NICE, "-p", String.valueOf(thread.getFileName()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return renice.waitFor(1, TimeUnit.SECONDS) && renice.exitValue() == 0;
    } catch (IOException | RuntimeException e) {
      return false; // no /proc, or no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
