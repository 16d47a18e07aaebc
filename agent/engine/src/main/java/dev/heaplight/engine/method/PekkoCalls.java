package dev.heaplight.engine.method;

import static java.util.Objects.requireNonNull;

import dev.heaplight.engine.record.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pekko's {@code ActorCell}, in which an actor handles one message or one of the system's own: each
 * actor is a scope from its creation to its end, restarts included. Those of the runtime itself,
 * below {@code /system}, are not.
 *
 * <p>Source: {@code org.apache.pekko:pekko-actor} 1.x; Akka's is the same under another name.
 */
final class PekkoCalls extends ScopedCalls {
  static final String CLASS = "actor.ActorCell";

  /** Both handle one thing in the actor's name; the second creates and ends it, too. */
  static final String INVOKE = "invoke";

  static final String SYSTEM_INVOKE = "systemInvoke";

  private static final String USER = "/user";

  /** One of the runtime's own, whose end is waited for only to forget it. */
  private record Other(Object cell) {}

  private final ActorScopes actors;
  private final Set<Object> others = ConcurrentHashMap.newKeySet();

  PekkoCalls(Scopes scopes) {
    this.actors = new ActorScopes(scopes);
  }

  @Override
  @Nullable Object enter(@Nullable Object @Nullable [] call) throws ReflectiveOperationException {
    Object cell = requireNonNull(requireNonNull(call)[0]);
    if (others.contains(cell)) {
      return new Other(cell);
    }
    if (!actors.has(cell)) {
      if (ended(cell)) {
        return null;
      }
      if (!isUsers(cell)) {
        others.add(cell);
        return new Other(cell);
      }
    }
    actors.enter(cell, () -> request(cell));
    return cell;
  }

  @Override
  void exit(Object entered) throws ReflectiveOperationException {
    if (entered instanceof Other other) {
      if (ended(other.cell())) {
        others.remove(other.cell());
      }
    } else {
      leave(entered);
    }
  }

  private void leave(Object cell) throws ReflectiveOperationException {
    boolean ended = ended(cell);
    actors.leave();
    if (ended) {
      actors.close(cell);
    }
  }

  private static boolean isUsers(Object cell) {
    String path = path(cell);
    return path.equals(USER) || path.startsWith(USER + "/");
  }

  private static boolean ended(Object cell) throws ReflectiveOperationException {
    return Boolean.TRUE.equals(Reflected.call(cell, "isTerminated"));
  }

  private static Map<String, String> request(Object cell) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("kind", "actor");
    request.put("name", path(cell));
    try {
      Object path = Reflected.call(Reflected.call(cell, "self"), "path");
      request.put("id", Reflected.text(path, "toSerializationFormat"));
    } catch (ReflectiveOperationException e) {
      return request; // it gets an identifier of ours
    }
    return request;
  }

  /** Path without the system's name, such as {@code /user/orders/7}. */
  private static String path(Object cell) {
    try {
      Object path = Reflected.call(Reflected.call(cell, "self"), "path");
      return Reflected.text(path, "toStringWithoutAddress");
    } catch (ReflectiveOperationException e) {
      return "";
    }
  }
}
