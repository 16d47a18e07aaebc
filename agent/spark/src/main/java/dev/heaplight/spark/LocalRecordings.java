package dev.heaplight.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an executor's recordings grow before they are brought to the driver: {@code
 * heaplight-spark/<application>/<executor>.<pid>} in its directory for temporary files. What a
 * killed executor leaves there is found by the next on that machine. Immutable.
 */
final class LocalRecordings {
  private final Path directory;

  private LocalRecordings(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the directory of this process.
   *
   * @throws IOException if it cannot be made
   */
  static LocalRecordings create(String application, String executor) throws IOException {
    Path directory =
        Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
            .resolve("heaplight-spark-" + System.getProperty("user.name", "user"))
            .resolve(plain(application))
            .resolve(plain(executor) + "." + ProcessHandle.current().pid());
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new LocalRecordings(directory);
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  Path directory() {
    return directory;
  }

  /** Recordings of executors of the same application that are gone. */
  List<Path> leftByOthers() throws IOException {
    List<Path> left = new ArrayList<>();
    try (Stream<Path> directories = Files.list(directory.resolve("..").normalize())) {
      for (Path other : directories.toList()) {
        if (isOfADeadProcess(other)) {
          List<Path> files = filesIn(other);
          left.addAll(files);
          if (files.isEmpty()) {
            Files.deleteIfExists(other);
          }
        }
      }
    }
    return left;
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static boolean isOfADeadProcess(Path directory) {
    String name = String.valueOf(directory.getFileName());
    String pid = name.substring(name.lastIndexOf('.') + 1);
    return pid.matches("\\d{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  /** Takes a file away, and its directory and the application's with the last one. */
  static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
      Path parent = file.getParent();
      if (parent != null && isOfADeadProcess(parent)) {
        forgetEmpty(parent);
      }
    } catch (IOException e) {
      return; // in a directory for temporary files, it does no harm
    }
  }

  /** Takes the directory of this process away if nothing is left in it. */
  void end() {
    try {
      forgetEmpty(directory);
    } catch (IOException e) {
      return; // not empty: what is in it could not be brought to the driver
    }
  }

  private static void forgetEmpty(Path directory) throws IOException {
    Files.deleteIfExists(directory);
    Path application = directory.getParent();
    if (application != null) {
      Files.deleteIfExists(application);
    }
  }
}
