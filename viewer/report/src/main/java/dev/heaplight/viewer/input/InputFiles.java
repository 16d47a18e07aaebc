package dev.heaplight.viewer.input;

import dev.heaplight.format.RecordingLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recordings that a user's paths stand for. */
public final class InputFiles {
  /** How the names of files that reports can be made from end. */
  public static final List<String> EXTENSIONS = List.of(RecordingLayout.FILE_EXTENSION, ".jfr");

  private InputFiles() {}

  /**
   * Files as they are, and for a directory all recordings in it and below it, in the order of their
   * names. Links to directories are followed where the user gave them, not below.
   *
   * @throws IOException if a directory cannot be listed
   */
  public static List<Path> of(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(below(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> below(Path directory) throws IOException {
    // A walk does not enter a link, not even one that it begins at: session_latest is one.
    Path real = directory.toRealPath();
    try (Stream<Path> all = Files.walk(real)) {
      return all.filter(InputFiles::isRecording)
          .map(file -> directory.resolve(real.relativize(file)))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** By the name only: a directory of a thousand recordings is listed without opening any. */
  private static boolean isRecording(Path path) {
    Path name = path.getFileName();
    return name != null
        && EXTENSIONS.stream().anyMatch(name.toString()::endsWith)
        && Files.isRegularFile(path);
  }
}
