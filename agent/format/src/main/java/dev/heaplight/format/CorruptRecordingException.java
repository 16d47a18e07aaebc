package dev.heaplight.format;

import java.nio.file.Path;

/** A recording whose bytes were changed after they were written: a checksum or a value is wrong. */
public final class CorruptRecordingException extends RecordingException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * A failure at {@code offset} of {@code file}.
   *
   * @param file path as it was given to the reader
   * @param offset byte of the file at which what is wrong begins
   * @param expected what should be there
   * @param actual what is there
   */
  public CorruptRecordingException(Path file, long offset, String expected, String actual) {
    super(
        file,
        "corrupt recording: file="
            + file
            + ", offset="
            + offset
            + ", expected="
            + expected
            + ", actual="
            + actual);
    this.offset = offset;
  }

  /** Byte offset in the file of the header or block that is wrong. */
  public long offset() {
    return offset;
  }
}
