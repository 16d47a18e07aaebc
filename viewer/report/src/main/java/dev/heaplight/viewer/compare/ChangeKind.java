package dev.heaplight.viewer.compare;

import java.util.Locale;

/** How a stack's bytes changed. */
public enum ChangeKind {
  /** Only the new recording has any. */
  NEW,
  /** Both have, the new one more. */
  GREW,
  /** Both have, the new one less. */
  SHRANK,
  /** Only the base has any. */
  GONE,
  /** Both have as much. */
  SAME;

  static ChangeKind of(long baseBytes, long newBytes) {
    if (baseBytes == newBytes) {
      return SAME;
    }
    if (baseBytes == 0) {
      return NEW;
    }
    return newBytes == 0 ? GONE : newBytes > baseBytes ? GREW : SHRANK;
  }

  /** Name in JSON: {@code new}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name as a heading: {@code New}. */
  public String heading() {
    return name().charAt(0) + key().substring(1);
  }
}
