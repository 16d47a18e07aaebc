package dev.heaplight.monitor.forensics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Seconds; all of the times are whole ones. */
  private static final long CLOCK_SLACK = 2;

  private static final Path NAME_SPACE = Path.of("/proc/self/ns/pid");

  /** A constant of the kernel, {@code PROC_PID_INIT_INO}. */
  private static final String INITIAL_NAME_SPACE = "pid:[4026531836]";

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

  /**
   * This machine's, as {@code dmesg} prints it. Unreadable where that is refused, and in a process
   * name space of one's own: the log has the machine's numbers, which are others' in there.
   */
  public static KernelLog read() {
    try {
      if (!Files.readSymbolicLink(NAME_SPACE).toString().equals(INITIAL_NAME_SPACE)) {
        return unreadable();
      }
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
   * @param started when the process started, in seconds since the boot: others had its number
   *     before
   * @param ended when it was seen to have ended, the same way: others may have its number after
   */
  Optional<Kill> kill(long pid, long started, long ended) {
    if (lines == null) {
      return Optional.empty();
    }
    String cgroup = "";
    for (String line : lines) {
      Matcher group = CGROUP.matcher(line);
      if (group.find() && Long.parseLong(group.group(2)) == pid) {
        cgroup = group.group(1);
      }
      Matcher killed = KILLED.matcher(line);
      if (killed.find() && Long.parseLong(killed.group(3)) == pid) {
        long logged = Long.parseLong(killed.group(1));
        // The log's clock stands while the machine sleeps, so it may be behind, never ahead.
        if (logged + CLOCK_SLACK >= started && logged - CLOCK_SLACK <= ended) {
          return Optional.of(new Kill(line.strip(), bound(line, cgroup)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A kill.
   *
   * @param line as the log has it
   * @param bound what was short of memory, in words
   */
  record Kill(String line, String bound) {}

  private static String bound(String line, String cgroup) {
    return !cgroup.isEmpty()
        ? "in cgroup " + cgroup
        : line.contains("Memory cgroup out of memory")
            ? "in its cgroup or one above"
            : "because the whole machine was out of memory";
  }
}
