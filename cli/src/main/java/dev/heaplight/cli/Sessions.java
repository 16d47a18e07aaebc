package dev.heaplight.cli;

import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.SessionDirectory;
import dev.heaplight.monitor.session.WorkerRecord;
import dev.heaplight.viewer.session.SessionRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the directories of sessions. */
final class Sessions {
  private static final String VARIABLE = "HEAPLIGHT_SESSION_DIR";

  private Sessions() {}

  /** The directory, if it is a session's. */
  static Path checked(Path directory) throws UserError {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "cannot open session " + directory,
          "there is no such directory",
          "give the directory in which the session's logs lie");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw new UserError(
          "cannot open session " + directory,
          "permission denied",
          "run as the user the workers run as");
    }
    if (!Files.isDirectory(directory.resolve("monitor"))) {
      throw new UserError(
          "cannot open session " + directory,
          "no worker or monitor has used it",
          "give the directory that workers were started with, as session= or in " + VARIABLE);
    }
    return directory.toAbsolutePath();
  }

  /**
   * The session of the environment, or the one that was begun last.
   *
   * @param what what cannot be done if there is none
   */
  static Path newest(String what) throws UserError, IOException {
    return SessionRoot.ofEnvironment()
        .newest()
        .orElseThrow(
            () ->
                new UserError(
                    what,
                    "there is no session on this machine",
                    "name a session directory or start a worker with the agent"));
  }

  /** The one of {@code sessions} in which a worker of this number runs. */
  static Path ofWorker(long pid, List<Path> sessions) throws UserError {
    for (Path session : sessions) {
      for (Path file : WorkerRecord.files(new MonitorDirectory(session))) {
        if (String.valueOf(file.getFileName()).startsWith(pid + "-") && runs(file)) {
          return session;
        }
      }
    }
    throw new UserError(
        "cannot show worker " + pid,
        "no running worker of this number is known in " + named(sessions),
        "name its session's directory, or see heaplight explain " + pid + " for why it ended");
  }

  private static boolean runs(Path file) {
    return WorkerRecord.read(file)
        .filter(worker -> worker.identity().isAlive(Path.of("/proc")))
        .isPresent();
  }

  /** Sessions in words. */
  static String named(List<Path> sessions) {
    return sessions.size() == 1
        ? sessions.get(0).toString()
        : "any of the " + sessions.size() + " sessions of this machine";
  }

  /** Makes a session of one's own, as a worker without one would. */
  static Path create(Path temporary) throws UserError {
    try {
      Path session = new SessionDirectory(null, temporary.toString()).directory();
      return new MonitorDirectory(session).create().session();
    } catch (IOException e) {
      throw new UserError(
          "cannot make a session in " + temporary,
          String.valueOf(e.getMessage()),
          "give a directory with --session DIR",
          e);
    }
  }

  /**
   * The session of the environment, or those below the directory for temporary files, latest first.
   */
  static List<Path> known() {
    String variable = System.getenv(VARIABLE);
    if (variable != null && !variable.isEmpty()) {
      return List.of(Path.of(variable).toAbsolutePath());
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    List<Path> found = new ArrayList<>();
    for (String base : List.of("heaplight", "heaplight-" + System.getProperty("user.name", ""))) {
      found.addAll(sessionsIn(temporary.resolve(base)));
    }
    found.sort(Comparator.comparing(Sessions::modified).reversed());
    return found;
  }

  private static List<Path> sessionsIn(Path base) {
    try (Stream<Path> entries = Files.list(base)) {
      return entries
          .filter(entry -> String.valueOf(entry.getFileName()).startsWith("session_2"))
          .toList();
    } catch (IOException e) {
      return List.of(); // this user has none there
    }
  }

  private static FileTime modified(Path directory) {
    try {
      return Files.getLastModifiedTime(directory);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
