package dev.heaplight;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to the agent, looked up once.
 *
 * <p>The agent's side is found by name through the bootstrap loader, so it is the same one for
 * every class loader and module that brings a copy of this API. The look-up happens when the first
 * scope opens, after the agent has started; an agent attached later is not found. It gives a plain
 * interface of the JDK: a method handle would link itself at its first call, inside the scope.
 */
final class AgentBridge {
  private static final String AGENT_SIDE = "dev.heaplight.hook.ScopeBridge";

  static final @Nullable AgentBridge INSTANCE = find();

  private final BiFunction<String, Object, @Nullable Object> door;

  private AgentBridge(BiFunction<String, Object, @Nullable Object> door) {
    this.door = door;
  }

  @SuppressWarnings("unchecked") // the agent's side declares exactly this type
  private static @Nullable AgentBridge find() {
    try {
      Object door = Class.forName(AGENT_SIDE, true, null).getMethod("door").invoke(null);
      return door == null
          ? null
          : new AgentBridge((BiFunction<String, Object, @Nullable Object>) door);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // no agent, or one too old for this API
    }
  }

  /** Opens a scope; {@code errors} makes what is thrown when it has to fail for memory. */
  @Nullable Object open(Map<String, String> request, Function<Map<String, String>, Error> errors) {
    return door.apply("openLimited", new Object[] {request, errors});
  }

  void close(Object handle) {
    Object unused = door.apply("close", handle);
  }

  void pause(Object handle) {
    Object unused = door.apply("pause", handle);
  }

  void resume(Object handle) {
    Object unused = door.apply("resume", handle);
  }

  void enter(Object handle) {
    Object unused = door.apply("enter", handle);
  }

  void leave(Object handle) {
    Object unused = door.apply("leave", handle);
  }

  @Nullable String file(Object handle) {
    return (String) door.apply("file", handle);
  }
}
