package dev.heaplight.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process that is to be attached to, as the operating system shows it.
 *
 * <p>Looked at before anything is sent to it: the attach API of JDK 17 sends SIGQUIT to whatever it
 * is told to, and that ends a process which is no JVM, or a JVM that is not ready for it. What
 * cannot be known here, on a system without {@code /proc} for instance, is left to the attach API.
 */
final class TargetProcess {
  private static final Path PROC = Path.of("/proc");
  private static final int SIGQUIT = 3;
  private static final String ROOT = "0";
  private static final long MAX_END_SECONDS = 5;

  private final long pid;
  private final String what;

  /**
   * A process not yet looked at.
   *
   * @param what what cannot be done if it is not as it should be
   */
  TargetProcess(long pid, String what) {
    this.pid = pid;
    this.what = what;
  }

  /** Checks that the process is a JVM that this user may attach to. */
  void check() throws UserError {
    if (pid == ProcessHandle.current().pid()) {
      throw refused("that is this command itself", "give the number of another JVM");
    }
    if (ProcessHandle.of(pid).isEmpty()) {
      throw refused("no such process", "find its number with jps or ps");
    }
    List<String> status = lines(PROC.resolve(pid + "/status"));
    if (status.isEmpty()) {
      return;
    }
    checkUser(status);
    if (field(status, "State").startsWith("Z")) {
      throw refused("it has ended", "find the number of a running JVM with jps or ps");
    }
    checkJvm(status);
  }

  /** Whether the process still runs. */
  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Whether the process ends within a moment, after it has stopped answering. */
  boolean isEnding() {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    if (handle.isEmpty()) {
      return true;
    }
    try {
      ProcessHandle ended = handle.get().onExit().get(MAX_END_SECONDS, TimeUnit.SECONDS);
      return !ended.isAlive();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void checkUser(List<String> status) throws UserError {
    String user = effectiveUser(status);
    String own = effectiveUser(lines(PROC.resolve("self/status")));
    if (!user.equals(own) && !own.equals(ROOT)) {
      Optional<String> name = ProcessHandle.of(pid).flatMap(handle -> handle.info().user());
      throw refused(
          "it belongs to the user " + name.orElse(user), "run heaplight as that user or as root");
    }
  }

  private void checkJvm(List<String> status) throws UserError {
    Boolean jvm = mapsJvm();
    if (Boolean.FALSE.equals(jvm)) {
      throw refused("it is not a JVM", "find the number of one with jps or ps");
    }
    if (!takesQuitSignal(status) && !hasAttachSocket(status)) {
      throw refused(
          jvm == null ? "it is not a JVM that can be attached to" : "it is still starting",
          jvm == null ? "find the number of one with jps or ps" : "try again");
    }
  }

  /** Whether the process has a JVM's library in its memory; null if that is not to be seen. */
  private @Nullable Boolean mapsJvm() {
    try (Stream<String> maps = Files.lines(PROC.resolve(pid + "/maps"))) {
      return maps.anyMatch(line -> line.contains("/libjvm.") || line.contains("/libj9vm"));
    } catch (IOException | UncheckedIOException e) {
      return null;
    }
  }

  private static boolean takesQuitSignal(List<String> status) {
    String caught = field(status, "SigCgt");
    return caught.isEmpty() || (Long.parseUnsignedLong(caught, 16) & 1L << (SIGQUIT - 1)) != 0;
  }

  /** Whether the JVM waits for attachers already, and needs no signal. */
  private boolean hasAttachSocket(List<String> status) {
    String[] numbers = field(status, "NSpid").split("\\s+", -1);
    String own = numbers[numbers.length - 1];
    return Files.exists(PROC.resolve(pid + "/root/tmp/.java_pid" + (own.isEmpty() ? pid : own)));
  }

  private static String effectiveUser(List<String> status) {
    String[] users = field(status, "Uid").split("\\s+", -1);
    return users.length > 1 ? users[1] : "";
  }

  private static String field(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private UserError refused(String why, String remedy) {
    return new UserError(what, why, remedy);
  }
}
