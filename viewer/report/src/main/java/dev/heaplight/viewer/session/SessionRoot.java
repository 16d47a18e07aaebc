package dev.heaplight.viewer.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent puts sessions when its options name none: the directory in {@code
 * HEAPLIGHT_SESSION_DIR}, or else directories of its own below the one for temporary files.
 *
 * @param given the session directory that the environment names; null for none
 * @param temporary directory for temporary files
 * @param user name of the user, whose sessions lie apart when another user came first
 */
public record SessionRoot(@Nullable String given, Path temporary, String user) {
  private static final String SESSION = "session_";

  /** The root of this process's environment, as the agent would choose it. */
  public static SessionRoot ofEnvironment() {
    String given = System.getenv("HEAPLIGHT_SESSION_DIR");
    return new SessionRoot(
        given == null || given.isEmpty() ? null : given,
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
        System.getProperty("user.name", "user"));
  }

  /** Directories that may hold sessions. */
  public List<Path> places() {
    return given != null
        ? List.of(Path.of(given))
        : List.of(temporary.resolve("heaplight"), temporary.resolve("heaplight-" + user));
  }

  /**
   * The session that was begun last; empty when there is none that may be read.
   *
   * @throws IOException if a directory cannot be listed
   */
  public Optional<Path> newest() throws IOException {
    if (given != null) {
      return Optional.of(Path.of(given)).filter(Files::isDirectory);
    }
    List<Path> sessions = new ArrayList<>();
    for (Path base : places()) {
      if (Files.isDirectory(base) && Files.isReadable(base)) {
        addSessions(base, sessions);
      }
    }
    // A session's name holds the time of its start.
    return sessions.stream()
        .max(Comparator.comparing(session -> String.valueOf(session.getFileName())));
  }

  private static void addSessions(Path base, List<Path> sessions) throws IOException {
    try (Stream<Path> all = Files.list(base)) {
      all.filter(path -> String.valueOf(path.getFileName()).startsWith(SESSION))
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(Files::isReadable)
          .forEach(sessions::add);
    }
  }
}
