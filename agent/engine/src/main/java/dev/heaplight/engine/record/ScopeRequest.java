package dev.heaplight.engine.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a scope is to be, as its opener asked.
 *
 * @param name name of the scope
 * @param kind kind of the scope
 * @param id identifier, or null to have one made
 * @param attributes further facts
 * @param destination file or directory for the recording, or null for the session's
 * @param collectOnClose whether a collection is to tell what is left at the close
 * @param limits what the scope may use, or null without limits
 * @param terms what holds when memory runs short
 * @param errors makes the application's error, or null if it has none
 */
record ScopeRequest(
    String name,
    String kind,
    @Nullable String id,
    Map<String, String> attributes,
    @Nullable String destination,
    boolean collectOnClose,
    @Nullable ScopeLimits limits,
    TaskTerms terms,
    @Nullable Function<Map<String, String>, Error> errors) {
  private static final String ATTRIBUTE_PREFIX = "attribute.";

  /** Takes apart the flat map that crosses the hook. */
  static ScopeRequest of(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    Map<String, String> attributes = new LinkedHashMap<>();
    request.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTE_PREFIX)) {
            attributes.put(key.substring(ATTRIBUTE_PREFIX.length()), value);
          }
        });
    return new ScopeRequest(
        request.getOrDefault("name", "scope"),
        request.getOrDefault("kind", "task"),
        request.get("id"),
        attributes,
        request.get("destination"),
        Boolean.parseBoolean(request.get("collectOnClose")),
        limits(request, errors),
        TaskTerms.of(request),
        errors);
  }

  private static @Nullable ScopeLimits limits(
      Map<String, String> request, @Nullable Function<Map<String, String>, Error> errors) {
    String allocated = request.get("limitAllocated");
    String live = request.get("limitLive");
    return errors == null || (allocated == null && live == null)
        ? null
        : new ScopeLimits(bytes(allocated), bytes(live), errors);
  }

  private static long bytes(@Nullable String limit) {
    return limit == null ? ScopeLimits.NONE : Long.parseLong(limit);
  }
}
