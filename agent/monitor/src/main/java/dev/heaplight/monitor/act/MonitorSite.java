package dev.heaplight.monitor.act;

import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a monitor works and by what means.
 *
 * @param directory the session's files
 * @param root below it lie {@code /proc} and {@code /sys}
 * @param state what monitors and workers share
 * @param clock tells time
 * @param killer sends signals
 * @param events takes what happens
 * @param pid the process the monitor runs in
 */
public record MonitorSite(
    MonitorDirectory directory,
    Path root,
    SessionState state,
    Clock clock,
    Killer killer,
    Events events,
    long pid) {

  /** Whether a process of this number runs. */
  boolean isRunning(long process) {
    return Files.exists(root.resolve("proc").resolve(Long.toString(process)));
  }

  /** Name of this machine, as the kernel has it. */
  String host() {
    try {
      return Files.readString(root.resolve("proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "this node";
    }
  }
}
