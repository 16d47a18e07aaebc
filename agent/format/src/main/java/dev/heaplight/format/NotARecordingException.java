package dev.heaplight.format;

import java.nio.file.Path;

/** A file that does not begin as a recording: empty, too short, or of another kind. */
public final class NotARecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  NotARecordingException(Path file, String actual) {
    super(file, "not a Heaplight recording: file=" + file + ", actual=" + actual);
  }
}
