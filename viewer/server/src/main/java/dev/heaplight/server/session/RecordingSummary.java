package dev.heaplight.server.session;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.session.RecordingState;

/**
 * What a recording comes to, in little memory: there may be very many. A figure may be {@link
 * Progress#UNKNOWN}.
 *
 * @param scope name of the scope; empty when the recording is damaged
 * @param kind kind of the scope
 * @param id identifier of the scope
 * @param startMillis when it was opened, milliseconds since the epoch
 * @param durationMillis from open to close, or to the last flush
 * @param pid process that wrote it
 * @param host name of that process's node
 * @param state how it stands
 * @param allocatedBytes bytes allocated; of one that was cut off, what the JVM had counted
 * @param peakBytes bytes alive at the peak
 * @param survivingBytes bytes it left alive
 * @param attempt which attempt it was, from 1; 0 when the recording does not say
 * @param agentCpuNanos processor time of the agent
 * @param agentMemoryBytes memory of the agent
 * @param caveat the first thing that all reports must say of it, in brief; empty for none
 */
public record RecordingSummary(
    String scope,
    String kind,
    String id,
    long startMillis,
    long durationMillis,
    long pid,
    String host,
    RecordingState state,
    long allocatedBytes,
    long peakBytes,
    long survivingBytes,
    int attempt,
    long agentCpuNanos,
    long agentMemoryBytes,
    String caveat) {

  /** Of a file that is no readable recording. */
  static RecordingSummary damaged() {
    long none = Progress.UNKNOWN;
    return new RecordingSummary(
        "",
        "",
        "",
        none,
        none,
        none,
        "",
        RecordingState.DAMAGED,
        none,
        none,
        none,
        0,
        none,
        none,
        "");
  }

  /** Whether a running process still writes it. */
  public boolean isOpen() {
    return state == RecordingState.OPEN;
  }
}
