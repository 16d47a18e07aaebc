package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each call is a scope of its own. */
final class NamedCalls extends ScopedCalls {
  private final Scopes scopes;
  private final NameTemplate name;
  private final NameTemplate id;

  NamedCalls(Scopes scopes, NameTemplate name, NameTemplate id) {
    this.scopes = scopes;
    this.name = name;
    this.id = id;
  }

  @Override
  @Nullable Object enter(@Nullable Object @Nullable [] call) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("name", name.text(call));
    request.put("kind", "task");
    String identifier = id.text(call);
    if (!identifier.isEmpty()) {
      request.put("id", identifier);
    }
    return scopes.open(request, null);
  }

  @Override
  void exit(Object entered) {
    scopes.close((Scope) entered);
  }
}
