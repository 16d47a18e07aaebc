package dev.heaplight.server.session;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds all files below a directory. Links are neither listed nor followed. */
final class LogFiles extends SimpleFileVisitor<Path> {
  private static final int MAX_DEPTH = 8;

  /** So that a directory that never ends cannot fill the memory: some 50 MB of entries. */
  private static final int MAX_FILES = 200_000;

  private final Path directory;
  private final Map<String, LogFile> found = new TreeMap<>();

  private LogFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * All files below {@code directory}, by name; those whose name begins with a dot are being
   * written and left out.
   *
   * @throws IOException if the directory itself cannot be listed
   */
  static Map<String, LogFile> below(Path directory) throws IOException {
    LogFiles files = new LogFiles(directory);
    Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, files);
    return files.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && !String.valueOf(file.getFileName()).startsWith(".")) {
      String name = directory.relativize(file).toString();
      found.put(
          name,
          new LogFile(name, file, attributes.size(), attributes.lastModifiedTime().toMillis()));
    }
    return found.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (file.equals(directory)) {
      throw failure;
    }
    return FileVisitResult.CONTINUE; // removed meanwhile, or another user's
  }

  @Override
  public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
    return FileVisitResult.CONTINUE;
  }
}
