package dev.heaplight.format;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be read as a recording. The message is one line and carries file, offset, what
 * was expected and what was found.
 */
public sealed class RecordingException extends IOException
    permits NotARecordingException, CorruptRecordingException, UnsupportedVersionException {
  private static final long serialVersionUID = 1L;

  private final String file;

  RecordingException(Path file, String message) {
    super(message);
    this.file = file.toString();
  }

  /** Path of the file, as it was given to the reader. */
  public String file() {
    return file;
  }
}
