package dev.heaplight.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a session lies, links resolved.
 *
 * @param directory the session's
 * @param logs where its recordings lie
 */
record SessionPlace(Path directory, Path logs) {
  /**
   * The session in a directory.
   *
   * @throws ServeException if there is none, or it cannot be read
   */
  static SessionPlace of(Path given) throws ServeException {
    String what = "cannot serve " + given;
    try {
      if (!Files.isDirectory(given)) {
        throw new ServeException(
            what,
            "there is no such directory",
            "give the directory in which the session's logs lie");
      }
      Path real = given.toRealPath();
      Path logs = real.resolve("logs");
      if (!Files.isDirectory(logs) && !Files.isDirectory(real.resolve("monitor"))) {
        throw new ServeException(
            what,
            "no worker has used it: it has neither logs nor monitor in it",
            "give the directory that workers were started with, as session= or in"
                + " HEAPLIGHT_SESSION_DIR");
      }
      if (!Files.isReadable(real)) {
        throw new ServeException(what, "permission denied", "run as the user the workers run as");
      }
      return new SessionPlace(real, logs);
    } catch (IOException e) {
      throw new ServeException(what, String.valueOf(e.getMessage()), "check it and who owns it");
    }
  }
}
