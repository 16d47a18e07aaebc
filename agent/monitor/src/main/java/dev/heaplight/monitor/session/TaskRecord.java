package dev.heaplight.monitor.session;

import dev.heaplight.format.Progress;
import java.util.Map;

/**
 * A task, actor or other scope that a worker has open, as it told last.
 *
 * @param key number in its worker, from 1, never given again
 * @param name name of the scope
 * @param kind kind of the scope
 * @param id identifier of the scope
 * @param openedMillis when it was opened, by the wall clock
 * @param allocatedBytes allocated so far
 * @param estimatedBytes what lived of it at the last collection and what it allocated since: an
 *     upper bound of what it holds on the heap, off-heap memory included
 * @param liveBytes what lived of it at the last collection, 0 before the first; {@link
 *     Progress#UNKNOWN} where nobody looks
 * @param retriable whether it may be started again
 * @param owner who asked for it, empty if unknown
 * @param priority those with a lower one go first
 * @param declaredBytes what it said it needs, 0 if it did not
 * @param attempt which attempt this is, from 1
 * @param recording absolute path
 * @param canFail whether an error can be thrown in its threads
 */
public record TaskRecord(
    long key,
    String name,
    String kind,
    String id,
    long openedMillis,
    long allocatedBytes,
    long estimatedBytes,
    long liveBytes,
    boolean retriable,
    String owner,
    int priority,
    long declaredBytes,
    int attempt,
    String recording,
    boolean canFail) {

  /** Adds the task's facts under {@code prefix}. */
  public void write(String prefix, Map<String, String> facts) {
    facts.put(prefix + "key", Long.toString(key));
    facts.put(prefix + "name", name);
    facts.put(prefix + "kind", kind);
    facts.put(prefix + "id", id);
    facts.put(prefix + "openedMillis", Long.toString(openedMillis));
    facts.put(prefix + "allocatedBytes", Long.toString(allocatedBytes));
    facts.put(prefix + "estimatedBytes", Long.toString(estimatedBytes));
    facts.put(prefix + "liveBytes", Long.toString(liveBytes));
    facts.put(prefix + "retriable", Boolean.toString(retriable));
    facts.put(prefix + "owner", owner);
    facts.put(prefix + "priority", Integer.toString(priority));
    facts.put(prefix + "declaredBytes", Long.toString(declaredBytes));
    facts.put(prefix + "attempt", Integer.toString(attempt));
    facts.put(prefix + "recording", recording);
    facts.put(prefix + "canFail", Boolean.toString(canFail));
  }

  static TaskRecord read(String prefix, Map<String, String> facts) {
    return new TaskRecord(
        WorkerRecord.number(facts, prefix + "key"),
        facts.getOrDefault(prefix + "name", ""),
        facts.getOrDefault(prefix + "kind", "task"),
        facts.getOrDefault(prefix + "id", ""),
        WorkerRecord.number(facts, prefix + "openedMillis"),
        WorkerRecord.number(facts, prefix + "allocatedBytes"),
        WorkerRecord.number(facts, prefix + "estimatedBytes"),
        WorkerRecord.number(facts, prefix + "liveBytes", Progress.UNKNOWN),
        !"false".equals(facts.get(prefix + "retriable")),
        facts.getOrDefault(prefix + "owner", ""),
        (int) WorkerRecord.number(facts, prefix + "priority"),
        WorkerRecord.number(facts, prefix + "declaredBytes"),
        (int) Math.max(1, WorkerRecord.number(facts, prefix + "attempt")),
        facts.getOrDefault(prefix + "recording", ""),
        "true".equals(facts.get(prefix + "canFail")));
  }
}
