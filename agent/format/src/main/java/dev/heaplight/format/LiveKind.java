package dev.heaplight.format;

import dev.heaplight.format.PayloadReader.MalformedPayload;

/** What a composition of live objects shows. */
public enum LiveKind {
  /** What was alive after the garbage collection at which the scope's live bytes were highest. */
  PEAK(1),
  /** What the scope left alive: at its close, or at a later collection. */
  SURVIVORS(2),
  /** What the scope allocated and nothing held for long: dead by the next collection. */
  TEMPORARY(3);

  private final int code;

  LiveKind(int code) {
    this.code = code;
  }

  /** Number of this kind in a file; never changes. */
  int code() {
    return code;
  }

  static LiveKind ofCode(long code) {
    for (LiveKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new MalformedPayload("a live kind of 1 to 3", Long.toUnsignedString(code));
  }
}
