package dev.heaplight.engine.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** Set by whoever starts the worker again and again; scopes that say more go before it. */
  private static final String ATTEMPT_VARIABLE = "HEAPLIGHT_ATTEMPT";

  private static final String ATTEMPT = attemptOf(System.getenv(ATTEMPT_VARIABLE));

  /** An actor has state that is lost with it; other work can be started again unless it says so. */
  static TaskTerms of(Map<String, String> request) {
    String kind = request.getOrDefault("kind", "task");
    String retriable = request.getOrDefault("retriable", Boolean.toString(!kind.equals(ACTOR)));
    return new TaskTerms(
        Boolean.parseBoolean(retriable),
        request.getOrDefault("owner", ""),
        Integer.parseInt(request.getOrDefault("priority", "0")),
        Long.parseLong(request.getOrDefault("declaredMemory", "0")),
        Integer.parseInt(request.getOrDefault("attempt", ATTEMPT)));
  }

  /** A worker's attempt; 1 if that was not said, or malformed. */
  static String attemptOf(@Nullable String given) {
    return given != null && given.matches("[1-9]\\d{0,8}") ? given : "1";
  }
}
