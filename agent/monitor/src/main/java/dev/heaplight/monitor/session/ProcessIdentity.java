package dev.heaplight.monitor.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process for good: its number may be another's later, its number and start time together not.
 *
 * @param pid number, as this process's name space has it
 * @param startTicks when it started, in clock ticks since boot: field 22 of {@code
 *     /proc/<pid>/stat}, see proc(5)
 */
public record ProcessIdentity(long pid, long startTicks) {
  private static final int THREADS_FIELD = 20;
  private static final int START_TIME_FIELD = 22;
  private static final int FIRST_FIELD_AFTER_NAME = 3;

  /** The process that has {@code pid} now; empty if there is none or the kernel does not tell. */
  public static Optional<ProcessIdentity> of(Path proc, long pid) {
    try {
      return of(Files.readString(proc.resolve(Long.toString(pid)).resolve("stat")), pid);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ProcessIdentity> of(String stat, long pid) {
    // The name, in parentheses, may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    String state = fields[0];
    long threads = Long.parseLong(fields[THREADS_FIELD - FIRST_FIELD_AFTER_NAME]);
    // The first thread is dead sooner than the others, who hold the memory until they are too.
    boolean gone = state.equals("X") || (state.equals("Z") && threads <= 1);
    return gone
        ? Optional.empty()
        : Optional.of(
            new ProcessIdentity(
                pid, Long.parseLong(fields[START_TIME_FIELD - FIRST_FIELD_AFTER_NAME])));
  }

  /**
   * Whether this very process still runs; one that is dead and not yet reaped does not, but one
   * whose last threads are just ending does, and has its memory. Where the kernel has such a
   * process and does not tell of it now, for want of file descriptors for instance, it is taken to
   * run.
   */
  public boolean isAlive(Path proc) {
    try {
      return of(Files.readString(proc.resolve(Long.toString(pid)).resolve("stat")), pid)
          .filter(this::equals)
          .isPresent();
    } catch (IOException e) {
      return !(e instanceof NoSuchFileException) && Files.exists(proc.resolve(Long.toString(pid)));
    } catch (RuntimeException e) {
      return false; // not as the kernel writes it
    }
  }

  /** As file names have it. */
  public String text() {
    return pid + "-" + startTicks;
  }
}
