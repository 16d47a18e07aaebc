package dev.heaplight.monitor.act;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Puts a thread before others at the processors, where this user may do that.
 *
 * <p>A hog keeps all processors busy, with its collector's threads too, and a monitor that waits
 * for its turn comes too late: measured on 2 processors, up to 50 ms at ordinary priority and 10 ms
 * at a raised one. Java's own priorities do nothing on Linux. So {@code chrt}, which every
 * distribution has, is run on the thread's number: the lowest real-time priority, which goes before
 * all ordinary threads, and which the kernel itself bounds. Where that is refused {@code renice} is
 * tried; without the right to either (CAP_SYS_NICE) nothing changes.
 *
 * <p>For the looks and the signal only, some microseconds each. Threads and programs that the
 * thread starts are ordinary ones again ({@code --reset-on-fork}, see sched(7)): to write what a
 * victim leaves behind, or to collect, takes up to seconds, for which nobody else is to be stopped,
 * and a last flush has the processors as it is, since the tasks of its worker wait meanwhile. A
 * nice value has no such reset: whoever starts threads for such work starts them before this.
 */
public final class ThreadPriority {
  private static final List<String> REAL_TIME =
      List.of("chrt", "--reset-on-fork", "--rr", "--pid", "1");
  private static final List<String> NICE = List.of("renice", "-n", "-10", "-p");

  private ThreadPriority() {}

  /** Raises the calling platform thread's priority; false if that was refused. */
  public static boolean raise() {
    try {
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      String number = String.valueOf(thread.getFileName());
      return succeeds(REAL_TIME, number) || succeeds(NICE, number);
    } catch (IOException | RuntimeException e) {
      return false; // no /proc
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean succeeds(List<String> command, String thread) throws InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.add(thread);
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(1, TimeUnit.SECONDS);
      if (!ended) {
        process.destroy();
      }
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
