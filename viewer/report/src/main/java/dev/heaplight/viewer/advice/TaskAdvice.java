package dev.heaplight.viewer.advice;

import dev.heaplight.format.Progress;

/**
 * How many scopes of a name fit side by side.
 *
 * @param name name of the scopes
 * @param kind kind of the scopes
 * @param recordings how many were recorded
 * @param peaksKnown of how many of them the peak is known
 * @param peakUpperBounds of how many the peak is an upper bound, because no collection ran
 * @param incomplete how many did not end cleanly
 * @param peakBytes the largest peak, memory outside the heap included; {@link Progress#UNKNOWN}
 *     when none is known
 * @param usualPeakBytes what 95 % of them do not exceed; unknown when {@code peakBytes} is
 * @param leftBytes what one left alive on average, of those that a collection saw afterwards;
 *     unknown when there is none
 * @param together the most that ran at the same time on a host
 * @param fits how many fit by the largest peak; {@link Progress#UNKNOWN} when that is not known or
 *     0
 */
public record TaskAdvice(
    String name,
    String kind,
    int recordings,
    int peaksKnown,
    int peakUpperBounds,
    int incomplete,
    long peakBytes,
    long usualPeakBytes,
    long leftBytes,
    int together,
    long fits) {

  /** Whether more ran at the same time than fit. */
  public boolean reduce() {
    return fits != Progress.UNKNOWN && together > fits;
  }
}
