package dev.heaplight.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls when the agent is loaded into a program that runs already. A JVM has one
 * engine: if there is one, whatever brought it, the request goes there.
 */
public final class Agentmain {
  private static final String HOOK = "dev.heaplight.hook.ScopeBridge";

  private Agentmain() {}

  /** Called by the JVM on its thread for attaching, which is given back at once. */
  public static void agentmain(@Nullable String request, Instrumentation instrumentation) {
    try {
      Consumer<@Nullable Object[]> engine = presentEngine();
      if (engine == null) {
        Premain.start(request, instrumentation, true);
      } else {
        engine.accept(new @Nullable Object[] {instrumentation, request, null, null, true});
      }
    } catch (Throwable t) {
      Throwable cause = t.getCause() == null ? t : t.getCause();
      System.err.println("heaplight: attach failed, the application goes on: cause=" + cause);
    }
  }

  @SuppressWarnings("unchecked") // the hook declares exactly this type
  private static @Nullable Consumer<@Nullable Object[]> presentEngine()
      throws ReflectiveOperationException {
    try {
      Class<?> hook = Class.forName(HOOK, true, null);
      return (Consumer<@Nullable Object[]>) hook.getMethod("agent").invoke(null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
