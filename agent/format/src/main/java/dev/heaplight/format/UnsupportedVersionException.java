package dev.heaplight.format;

import java.nio.file.Path;

/** A recording in a format version this library does not know. */
public final class UnsupportedVersionException extends RecordingException {
  private static final long serialVersionUID = 1L;

  private final int version;
  private final String writer;

  UnsupportedVersionException(Path file, int version, String writer) {
    super(
        file,
        "recording is "
            + (version > RecordingLayout.VERSION ? "too new" : "too old")
            + ": file="
            + file
            + ", offset="
            + RecordingLayout.VERSION_OFFSET
            + ", expected version="
            + RecordingLayout.VERSION
            + ", actual version="
            + version
            + (writer.isEmpty() ? "" : ", written by Heaplight " + writer));
    this.version = version;
    this.writer = writer;
  }

  /** Version of the agent that wrote the file; empty when the file does not tell. */
  public String writer() {
    return writer;
  }

  /** Format version the file claims. */
  public int version() {
    return version;
  }
}
