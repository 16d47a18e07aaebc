package dev.heaplight.engine.method;

import org.jspecify.annotations.Nullable;

/**
 * What Ray's table of actors says of one. Source: {@code GlobalStateAccessor.getActorInfo} and the
 * message {@code ActorTableData} of {@code io.ray:ray-runtime} 1.0.1.
 */
final class RayActorTable {
  private static final String MESSAGE = "io.ray.runtime.generated.Gcs$ActorTableData";

  private RayActorTable() {}

  /** Whether Ray would start the current actor again; false if that cannot be told. */
  static boolean isRestarted(@Nullable Object runtime, @Nullable Object context) {
    try {
      Object actor = Reflected.call(context, "getCurrentActorId");
      Object client = Reflected.call(runtime, "getGcsClient");
      if (actor == null || client == null) {
        return false;
      }
      Object accessor = Reflected.field(client, "globalStateAccessor");
      if (accessor == null) {
        return false;
      }
      Object bytes =
          accessor.getClass().getMethod("getActorInfo", actor.getClass()).invoke(accessor, actor);
      Object data =
          Class.forName(MESSAGE, true, client.getClass().getClassLoader())
              .getMethod("parseFrom", byte[].class)
              .invoke(null, bytes);
      return Reflected.call(data, "getMaxRestarts") instanceof Number restarts
          && restarts.longValue() != 0;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return false;
    }
  }
}
