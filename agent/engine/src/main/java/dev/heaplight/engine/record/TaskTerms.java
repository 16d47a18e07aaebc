package dev.heaplight.engine.record;

import java.util.Map;

/**
 * What a scope's opener said for the case that memory runs short.
 *
 * @param retriable whether the work may be started again
 * @param owner who asked for it, or empty
 * @param priority those with a lower one go first
 * @param declaredBytes what it needs, 0 if that was not said
 * @param attempt which attempt this is, from 1
 */
record TaskTerms(boolean retriable, String owner, int priority, long declaredBytes, int attempt) {
  private static final String ACTOR = "actor";

  /** An actor has state that is lost with it; other work can be started again unless it says so. */
  static TaskTerms of(Map<String, String> request) {
    String kind = request.getOrDefault("kind", "task");
    String retriable = request.getOrDefault("retriable", Boolean.toString(!kind.equals(ACTOR)));
    return new TaskTerms(
        Boolean.parseBoolean(retriable),
        request.getOrDefault("owner", ""),
        Integer.parseInt(request.getOrDefault("priority", "0")),
        Long.parseLong(request.getOrDefault("declaredMemory", "0")),
        Integer.parseInt(request.getOrDefault("attempt", "1")));
  }
}
