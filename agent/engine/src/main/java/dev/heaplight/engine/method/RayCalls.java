package dev.heaplight.engine.method;

import static java.util.Objects.requireNonNull;

import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ray's {@code TaskExecutor.execute(List<String> function, List<Object> arguments)}, which Ray's
 * native code calls for each task, on the thread that executes it: a normal task is a scope, and an
 * actor is one from its creation on, worked for during its tasks.
 *
 * <p>Source: {@code io.ray:ray-runtime} 1.0.1 and 2.39. {@code function} is class, method and
 * signature; {@code <init>} creates an actor.
 */
final class RayCalls extends ScopedCalls {
  static final String CLASS = "io.ray.runtime.task.TaskExecutor";
  static final String METHOD = "execute";

  private static final String CONSTRUCTOR = "<init>";
  private static final Object ACTOR = new Object();

  private final Scopes scopes;
  private final ActorScopes actors;

  RayCalls(Scopes scopes) {
    this.scopes = scopes;
    this.actors = new ActorScopes(scopes);
  }

  @Override
  @Nullable Object enter(@Nullable Object @Nullable [] call) throws ReflectiveOperationException {
    if (call == null || !(call[1] instanceof List<?> function) || function.size() < 2) {
      return null; // a release that executes in another way
    }
    Object runtime = Reflected.field(requireNonNull(call[0]), "runtime");
    Object context = Reflected.call(runtime, "getWorkerContext");
    String type = Reflected.text(context, "getCurrentTaskType");
    String className = String.valueOf(function.get(0));
    String method = String.valueOf(function.get(1));
    if (!type.startsWith("ACTOR") && !method.equals(CONSTRUCTOR)) {
      Map<String, String> request = request("task", simple(className) + "." + method, context);
      request.put("id", Reflected.text(context, "getCurrentTaskId"));
      request.put("retriable", "false"); // Ray's Java tasks are not tried again
      return scopes.open(request, null);
    }
    String id = Reflected.text(context, "getCurrentActorId");
    actors.enter(
        id,
        () -> {
          Map<String, String> request = request("actor", simple(className), context);
          request.put("id", id);
          request.put("retriable", Boolean.toString(RayActorTable.isRestarted(runtime, context)));
          return request;
        });
    return ACTOR;
  }

  @Override
  void exit(Object entered) {
    if (entered == ACTOR) {
      actors.leave();
    } else {
      scopes.close((Scope) entered);
    }
  }

  private static Map<String, String> request(String kind, String name, @Nullable Object context) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("kind", kind);
    request.put("name", name);
    put(request, "ray.task", Reflected.text(context, "getCurrentTaskId"));
    put(request, "ray.job", Reflected.text(context, "getCurrentJobId"));
    put(request, "ray.worker", Reflected.text(context, "getCurrentWorkerId"));
    return request;
  }

  private static void put(Map<String, String> request, String key, String value) {
    if (!value.isEmpty()) {
      request.put("attribute." + key, value);
    }
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
  }
}
