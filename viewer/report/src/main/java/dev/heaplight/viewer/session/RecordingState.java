package dev.heaplight.viewer.session;

import dev.heaplight.format.RecordingHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How a recording stands. */
public enum RecordingState {
  /** It ended cleanly. */
  COMPLETE,
  /** It has no end, and its worker runs on this host. */
  OPEN,
  /** It has no end: its worker was killed, or runs on another host. */
  CUT_OFF,
  /** Its bytes were changed, or it is of another kind or version. */
  DAMAGED;

  /** By how much a process may seem to have begun later than it did, when a clock was set. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  /** Name in JSON: {@code cut-off}. */
  public String key() {
    return words().replace(' ', '-');
  }

  /** Name in a table: {@code cut off}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * The state of a recording without an end.
   *
   * @param hostName this host, as the agent would write it
   */
  public static RecordingState ofUnfinished(RecordingHeader header, String hostName) {
    // A process that began after the recording has the number of one that is gone.
    Instant opened = Instant.ofEpochMilli(header.startEpochMillis()).plus(CLOCK_TOLERANCE);
    boolean runs =
        header.host().equals(hostName)
            && ProcessHandle.of(header.pid())
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(began -> !began.isAfter(opened))
                .isPresent();
    return runs ? OPEN : CUT_OFF;
  }
}
