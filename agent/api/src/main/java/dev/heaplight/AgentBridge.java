package dev.heaplight;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to the agent, looked up once.
 *
 * <p>The agent's side is found by name through the bootstrap loader, so it is the same one for
 * every class loader and module that brings a copy of this API. The look-up happens when the first
 * scope opens, after the agent has started; an agent attached later is not found.
 */
final class AgentBridge {
  private static final String AGENT_SIDE = "dev.heaplight.hook.ScopeBridge";

  static final @Nullable AgentBridge INSTANCE = find();

  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle file;

  private AgentBridge(MethodHandle open, MethodHandle close, MethodHandle file) {
    this.open = open;
    this.close = close;
    this.file = file;
  }

  private static @Nullable AgentBridge find() {
    try {
      Class<?> agentSide = Class.forName(AGENT_SIDE, true, null);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return new AgentBridge(
          lookup.findStatic(agentSide, "open", MethodType.methodType(Object.class, Map.class)),
          lookup.findStatic(agentSide, "close", MethodType.methodType(void.class, Object.class)),
          lookup.findStatic(agentSide, "file", MethodType.methodType(String.class, Object.class)));
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // no agent, or one too old for this API
    }
  }

  @Nullable Object open(Map<String, String> request) {
    try {
      return (Object) open.invokeExact(request);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  void close(Object handle) {
    try {
      close.invokeExact(handle);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  @Nullable String file(Object handle) {
    try {
      return (String) file.invokeExact(handle);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** The agent's side catches everything of its own; what comes here is the JVM's, unchanged. */
  private static RuntimeException unexpected(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return t instanceof RuntimeException runtime ? runtime : new IllegalStateException(t);
  }
}
