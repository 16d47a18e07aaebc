package dev.heaplight.format;

import java.nio.file.Path;

/** A recording in a format version this library does not know. */
public final class UnsupportedVersionException extends RecordingException {
  private static final long serialVersionUID = 1L;

  private final int version;

  UnsupportedVersionException(Path file, int version) {
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
            + version);
    this.version = version;
  }

  /** Format version the file claims. */
  public int version() {
    return version;
  }
}
