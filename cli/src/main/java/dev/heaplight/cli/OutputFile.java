package dev.heaplight.cli;

import dev.heaplight.viewer.input.InputFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A report's file. It appears whole or not at all: the report is written to a temporary file in the
 * same directory, which then takes the name.
 */
final class OutputFile {
  /** Writes a report. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path target;
  private final List<Path> inputs;
  private final boolean force;

  /**
   * A file not yet written.
   *
   * @param target the file's path
   * @param inputs files and directories the report is made from, which are never overwritten
   * @param force whether another file of that name is overwritten
   */
  OutputFile(Path target, List<Path> inputs, boolean force) {
    this.target = target;
    this.inputs = List.copyOf(inputs);
    this.force = force;
  }

  /** Fails at once if the file could not be written later; call it before any long work. */
  void check() throws UserError {
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      throw unwritable("no directory " + directory, "create it or choose another with -o");
    }
    if (Files.isDirectory(target)) {
      throw unwritable("it is a directory", "give a file name with -o");
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (isRecording()) {
      throw unwritable("it is the recording itself", "choose another with -o");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw unwritable("it is not a regular file", "choose another with -o");
    }
    if (!force) {
      throw unwritable("it exists", "overwrite it with -f or choose another with -o");
    }
  }

  /** Writes the file and returns its path. */
  Path write(Content content) throws UserError {
    check();
    Path temporary = directory().resolve("." + target.getFileName() + "." + unique() + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(out);
      }
      move(temporary);
      return target;
    } catch (AccessDeniedException e) {
      throw unwritable("permission denied in " + directory(), "choose another with -o", e);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.toString() : e.getReason();
      throw unwritable(reason, "choose another with -o", e);
    } catch (IOException e) {
      throw unwritable(String.valueOf(e.getMessage()), "check the disk or use -o", e);
    } finally {
      deleteLeftover(temporary);
    }
  }

  private void move(Path temporary) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteLeftover(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The error that left it behind is the one to show.
      return;
    }
  }

  private Path directory() {
    Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }

  private static String unique() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private boolean isRecording() throws UserError {
    try {
      return InputFiles.of(inputs).stream().anyMatch(this::isTarget);
    } catch (IOException e) {
      throw unwritable("what is read cannot be listed: " + e.getMessage(), "check the inputs", e);
    }
  }

  private boolean isTarget(Path input) {
    try {
      return Files.isSameFile(target, input);
    } catch (IOException e) {
      return false; // an input that is not there cannot be overwritten; reading it will say so
    }
  }

  private UserError unwritable(String why, String remedy) {
    return new UserError("cannot write " + target, why, remedy);
  }

  private UserError unwritable(String why, String remedy, IOException cause) {
    return new UserError("cannot write " + target, why, remedy, cause);
  }
}
