package dev.heaplight.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory the launcher runs from; its {@code lib} holds all jars. */
final class Installation {
  /** System property that the launcher sets to the installation's directory. */
  static final String HOME_PROPERTY = "heaplight.home";

  private Installation() {}

  /** Absolute path of a jar of the installation. */
  static Path jar(String fileName) throws UserError {
    String home = System.getProperty(HOME_PROPERTY, "");
    if (home.isEmpty()) {
      throw new UserError(
          "cannot find " + fileName,
          "system property " + HOME_PROPERTY + " is not set",
          "start it through bin/heaplight");
    }
    Path jar = Path.of(home, "lib", fileName).toAbsolutePath().normalize();
    if (!Files.isRegularFile(jar)) {
      throw new UserError(
          "cannot find " + fileName,
          "there is none in " + jar.getParent(),
          "unpack the distribution again, or build it with mvn package");
    }
    return jar;
  }
}
