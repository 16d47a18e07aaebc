package dev.heaplight.engine.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scope is to be, as its opener asked.
 *
 * @param name name of the scope
 * @param kind kind of the scope
 * @param id identifier, or null to have one made
 * @param attributes further facts
 * @param destination file or directory for the recording, or null for the session's
 */
record ScopeRequest(
    String name,
    String kind,
    @Nullable String id,
    Map<String, String> attributes,
    @Nullable String destination) {
  private static final String ATTRIBUTE_PREFIX = "attribute.";

  /** Takes apart the flat map that crosses the hook. */
  static ScopeRequest of(Map<String, String> request) {
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
        request.get("destination"));
  }
}
