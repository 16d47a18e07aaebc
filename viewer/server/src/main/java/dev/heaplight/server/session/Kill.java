package dev.heaplight.server.session;

import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.Decision;
import dev.heaplight.monitor.session.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What a report says in brief.
 *
 * @param report name of its file
 * @param timeMillis when it was decided, milliseconds since the epoch
 * @param worker whether the worker was killed, as opposed to a task failed
 * @param outcome what came of it, in words
 * @param victim the worker
 * @param scope name of the task
 * @param kind kind of the task
 * @param bytes what it held
 * @param attempt which attempt it was
 * @param recording name of the victim's recording, without what leads there; empty if none
 */
public record Kill(
    String report,
    long timeMillis,
    boolean worker,
    String outcome,
    ProcessIdentity victim,
    String scope,
    String kind,
    long bytes,
    int attempt,
    String recording) {

  static Kill of(String report, @Nullable Object json) {
    String recording = JsonValue.text(json, "victim", "recording");
    return new Kill(
        report,
        JsonValue.number(json, "timeMillis"),
        JsonValue.text(json, "action").equals(Decision.Action.KILL_WORKER.name()),
        JsonValue.text(json, "outcome"),
        new ProcessIdentity(
            JsonValue.number(json, "victim", "pid"),
            JsonValue.number(json, "victim", "startTicks")),
        JsonValue.text(json, "victim", "name"),
        JsonValue.text(json, "victim", "kind"),
        JsonValue.number(json, "victim", "bytes"),
        (int) Math.max(1, JsonValue.number(json, "victim", "attempt")),
        recording.substring(recording.lastIndexOf('/') + 1));
  }
}
