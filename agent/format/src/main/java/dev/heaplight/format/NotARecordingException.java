package dev.heaplight.format;

import java.nio.file.Path;

/** A file that does not begin as a recording: empty, too short, or of another kind. */
public final class NotARecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  private final String actual;
  private final String remedy;

  NotARecordingException(Path file, String actual) {
    this(file, actual, "");
  }

  /**
   * A failure to find a recording in {@code file}.
   *
   * @param file path as it was given to the reader
   * @param actual what the file is, for instance {@code an empty file}
   * @param remedy what its owner can do about it; an empty string when that is not known
   */
  public NotARecordingException(Path file, String actual, String remedy) {
    super(file, "not a Heaplight recording: file=" + file + ", actual=" + actual);
    this.actual = actual;
    this.remedy = remedy;
  }

  /** What the file is. */
  public String actual() {
    return actual;
  }

  /** What the file's owner can do about it; an empty string when that is not known. */
  public String remedy() {
    return remedy;
  }
}
