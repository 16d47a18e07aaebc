package dev.heaplight.cli;

import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.format.RecordingLayout;
import dev.heaplight.format.UnsupportedVersionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file cannot be read, in words for its owner. */
final class ReadErrors {
  private ReadErrors() {}

  static UserError of(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return unreadable(file, "no such file", "check the path", failure);
    }
    if (failure instanceof AccessDeniedException) {
      return unreadable(file, "permission denied", "run as the user the worker runs as", failure);
    }
    if (failure instanceof NotARecordingException other) {
      return other.remedy().isEmpty()
          ? unreadable(
              file, emptyOrOther(file), "give a .heaplight file written by the agent", failure)
          : unreadable(file, "it is " + other.actual(), other.remedy(), failure);
    }
    if (failure instanceof CorruptRecordingException corrupt) {
      return unreadable(
          file,
          "it is damaged at byte " + corrupt.offset(),
          "copy it again from where it was written",
          failure);
    }
    if (failure instanceof UnsupportedVersionException other) {
      return otherVersion(file, other);
    }
    return unreadable(
        file, String.valueOf(failure.getMessage()), "check the file and its disk", failure);
  }

  private static String emptyOrOther(Path file) {
    try {
      return Files.size(file) == 0 ? "it is empty" : "it is not a Heaplight recording";
    } catch (IOException e) {
      return "it is not a Heaplight recording";
    }
  }

  private static UserError otherVersion(Path file, UnsupportedVersionException e) {
    boolean newer = e.version() > RecordingLayout.VERSION;
    String writer = e.writer();
    String why =
        "it has format version "
            + e.version()
            + (writer.isEmpty() ? "" : ", written by Heaplight " + writer)
            + ", and this is Heaplight "
            + Version.current()
            + ", which reads version "
            + RecordingLayout.VERSION;
    String named = writer.isEmpty() ? "the Heaplight that wrote it" : "Heaplight " + writer;
    return unreadable(file, why, "use " + named + (newer ? " or a newer one" : ""), e);
  }

  private static UserError unreadable(Path file, String why, String remedy, Throwable cause) {
    return new UserError("cannot read " + file, why, remedy, cause);
  }
}
