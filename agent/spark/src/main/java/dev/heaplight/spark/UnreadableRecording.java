package dev.heaplight.spark;

import org.jspecify.annotations.Nullable;

/** A recording that cannot be read; crosses from a task to the driver as a cause. */
final class UnreadableRecording extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecording(String file, Exception cause) {
    super(file + ": " + cause.getMessage(), cause);
  }

  /** The one that made a job fail; null if something else did. */
  static @Nullable UnreadableRecording in(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnreadableRecording found) {
        return found;
      }
    }
    return null;
  }
}
