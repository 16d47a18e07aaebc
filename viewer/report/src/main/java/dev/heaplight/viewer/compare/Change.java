package dev.heaplight.viewer.compare;

import java.util.List;

/**
 * A stack and allocated class in two recordings.
 *
 * @param frames as in a stack trace, innermost first; one marker for a stack that is not known
 * @param className the allocated class, or the kind of memory
 * @param baseBytes bytes in the base, scaled if the comparison is
 * @param baseObjects objects in the base, scaled likewise
 * @param newBytes bytes in the new recording
 * @param newObjects objects in the new recording
 */
public record Change(
    List<String> frames,
    String className,
    long baseBytes,
    long baseObjects,
    long newBytes,
    long newObjects) {

  /** Copies {@code frames}. */
  public Change {
    frames = List.copyOf(frames);
  }

  /** How many bytes more there are now; negative for less. */
  public long bytes() {
    return newBytes - baseBytes;
  }

  /** How many objects more there are now. */
  public long objects() {
    return newObjects - baseObjects;
  }
}
