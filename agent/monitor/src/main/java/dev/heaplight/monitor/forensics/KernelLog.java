package dev.heaplight.monitor.forensics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel logged of its OOM killer. Source of the lines: {@code oom_kill_process} in the
 * kernel's mm/oom_kill.c. Pids there are those of the host, so that not finding one means nothing
 * inside a container.
 */
public final class KernelLog {
  private static final Pattern KILLED =
      Pattern.compile(
          "^\\[\\s*(\\d+)\\.\\d+\\].*?(Memory cgroup out of memory|Out of memory)"
              + ".*?Killed process (\\d+)(?: \\(([^)]*)\\))?");
  private static final Pattern CGROUP = Pattern.compile("oom_memcg=([^,\\s]+).*?pid=(\\d+)");

  private final @Nullable List<String> lines;

  private KernelLog(@Nullable List<String> lines) {
    this.lines = lines;
  }

  /** A log of these lines. */
  static KernelLog of(List<String> lines) {
    return new KernelLog(lines);
  }

  /** A log that cannot be read. */
  static KernelLog unreadable() {
    return new KernelLog(null);
  }

  /** This machine's, as {@code dmesg} prints it; unreadable where that is refused. */
  public static KernelLog read() {
    try {
      Process dmesg =
          new ProcessBuilder("dmesg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(dmesg.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          lines.add(line);
        }
      }
      return dmesg.waitFor(5, TimeUnit.SECONDS) && dmesg.exitValue() == 0
          ? new KernelLog(lines)
          : unreadable();
    } catch (IOException e) {
      return unreadable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreadable();
    }
  }

  boolean isReadable() {
    return lines != null;
  }

  /**
   * The line that tells of a kill.
   *
   * @param sinceBootSeconds when the process started: others had its number before
   */
  Optional<String> kill(long pid, long sinceBootSeconds) {
    if (lines == null) {
      return Optional.empty();
    }
    String cgroup = "";
    for (String line : lines) {
      Matcher group = CGROUP.matcher(line);
      if (group.find() && Long.parseLong(group.group(2)) == pid) {
        cgroup = ", cgroup " + group.group(1);
      }
      Matcher killed = KILLED.matcher(line);
      // Log and start are of clocks that differ by what the machine slept.
      if (killed.find()
          && Long.parseLong(killed.group(3)) == pid
          && Long.parseLong(killed.group(1)) + 1 >= sinceBootSeconds) {
        return Optional.of(line.strip() + cgroup);
      }
    }
    return Optional.empty();
  }
}
