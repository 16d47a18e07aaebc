package dev.heaplight.monitor.forensics;

import dev.heaplight.monitor.session.ProcessIdentity;
import java.util.List;

/**
 * Why a worker ended, and how that is known.
 *
 * @param worker which worker
 * @param command what it ran
 * @param verdict the cause
 * @param detail the cause in a sentence
 * @param evidence what it rests on, one fact each
 * @param message what the monitor told the caller; empty if it did not act
 * @param report the monitor's report of its kill, or of a task that it failed and whose error ended
 *     the program; empty if there is none
 */
public record Explanation(
    ProcessIdentity worker,
    String command,
    Verdict verdict,
    String detail,
    List<String> evidence,
    String message,
    String report) {

  /** The same, where the monitor failed one of its tasks before. */
  Explanation inLightOf(String failureReport) {
    return failureReport.isEmpty() || verdict != Verdict.EXITED
        ? this
        : new Explanation(
            worker,
            command,
            verdict,
            detail + ", after the monitor had failed its task because memory was short",
            evidence,
            message,
            failureReport);
  }
}
