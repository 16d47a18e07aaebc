package dev.heaplight.cli;

import dev.heaplight.format.CorruptRecordingException;
import dev.heaplight.format.NotARecordingException;
import dev.heaplight.format.RecordingLayout;
import dev.heaplight.format.UnsupportedVersionException;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The recording a verb reads. */
@SuppressWarnings("NullAway.Init") // picocli sets the field or refuses the command line
final class RecordingArgument {
  @Parameters(paramLabel = "FILE", description = "The recording, a .heaplight file.")
  private Path file;

  Path file() {
    return file;
  }

  /** Reads the recording; says so on {@code err} when its end is not as it should be. */
  RecordingModel read(PrintWriter err) throws UserError {
    RecordingModel model = read();
    if (!model.complete()) {
      err.println(
          "note: "
              + file
              + " did not end cleanly: the worker still runs or was killed;"
              + " at most the last flush is missing");
    } else if (model.outcome().truncatedBytes() > 0) {
      err.println(
          "note: " + file + " is complete, but what was added after the scope's end is cut short");
    }
    return model;
  }

  private RecordingModel read() throws UserError {
    if (Files.isDirectory(file)) {
      throw unreadable("it is a directory", "give one of the .heaplight files in it", null);
    }
    try {
      return RecordingModel.read(file);
    } catch (NoSuchFileException e) {
      throw unreadable("no such file", "check the path", e);
    } catch (AccessDeniedException e) {
      throw unreadable("permission denied", "run as the user the worker runs as", e);
    } catch (NotARecordingException e) {
      throw unreadable(emptyOrOther(), "give a .heaplight file written by the agent", e);
    } catch (CorruptRecordingException e) {
      throw unreadable(
          "it is damaged at byte " + e.offset(), "copy it again from where it was written", e);
    } catch (UnsupportedVersionException e) {
      throw otherVersion(e);
    } catch (IOException e) {
      throw unreadable(String.valueOf(e.getMessage()), "check the file and its disk", e);
    }
  }

  private String emptyOrOther() {
    try {
      return Files.size(file) == 0 ? "it is empty" : "it is not a Heaplight recording";
    } catch (IOException e) {
      return "it is not a Heaplight recording";
    }
  }

  private UserError otherVersion(UnsupportedVersionException e) {
    return unreadable(
        "it has format version "
            + e.version()
            + " and this heaplight reads version "
            + RecordingLayout.VERSION,
        e.version() > RecordingLayout.VERSION
            ? "upgrade heaplight"
            : "use the heaplight that belongs to the agent that wrote it",
        e);
  }

  private UserError unreadable(String why, String remedy, @Nullable Throwable cause) {
    String what = "cannot read " + file;
    return cause == null
        ? new UserError(what, why, remedy)
        : new UserError(what, why, remedy, cause);
  }
}
