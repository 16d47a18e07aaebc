package dev.heaplight.engine;

import dev.heaplight.hook.EngineLink;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Gives {@code dev.heaplight.hook.CarrierPin} its bodies, on a JVM that has virtual threads. They
 * stay when the agent leaves: a thread that was pinned must be let go by the same bodies.
 */
final class CarrierPinInstaller {
  private static final String PACKAGE = "jdk.internal.vm";
  private static final String FUNCTIONS = "jdk/internal/vm/Continuation";
  private static final String PIN = "pin";
  private static final String UNPIN = "unpin";

  private static boolean installed;

  private CarrierPinInstaller() {}

  /**
   * Makes agent code keep virtual threads on their carriers; before any hook is connected. One
   * thread at a time.
   *
   * @throws ReflectiveOperationException if this JDK has no such functions
   */
  static void install(Instrumentation instrumentation) throws ReflectiveOperationException {
    if (installed || Runtime.version().feature() < 21) {
      return;
    }
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(PACKAGE, Set.of(EngineLink.class.getModule())),
        Map.of(),
        Set.of(),
        Map.of());
    Class<?> functions = Class.forName(FUNCTIONS.replace('/', '.'), false, null);
    Method unused = functions.getMethod(PIN); // both must be there
    unused = functions.getMethod(UNPIN);
    new HookBodies("dev/heaplight/hook/CarrierPin", FUNCTIONS, Map.of(PIN, PIN, UNPIN, UNPIN))
        .replace(instrumentation);
    installed = true;
  }
}
