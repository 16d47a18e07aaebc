package dev.heaplight.viewer.session;

import dev.heaplight.format.Progress;
import dev.heaplight.format.RecordingHeader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One recording of a session. A figure may be {@link Progress#UNKNOWN}.
 *
 * @param file the recording
 * @param state how it stands
 * @param header what it says of itself; null when it is damaged
 * @param allocatedBytes bytes allocated
 * @param peakBytes bytes alive at the peak
 * @param durationMillis milliseconds from open to close, or to the last flush
 * @param sizeBytes size of the file
 * @param startEpochMillis when its scope was opened; of a damaged one, when the file was last
 *     written; milliseconds since the epoch
 */
public record Listing(
    Path file,
    RecordingState state,
    @Nullable RecordingHeader header,
    long allocatedBytes,
    long peakBytes,
    long durationMillis,
    long sizeBytes,
    long startEpochMillis) {

  static Listing damaged(Path file, long sizeBytes, long writtenEpochMillis) {
    return new Listing(
        file,
        RecordingState.DAMAGED,
        null,
        Progress.UNKNOWN,
        Progress.UNKNOWN,
        Progress.UNKNOWN,
        sizeBytes,
        writtenEpochMillis);
  }

  /** Name of the scope; of a damaged recording the file's. */
  public String name() {
    return header == null ? String.valueOf(file.getFileName()) : header.name();
  }
}
