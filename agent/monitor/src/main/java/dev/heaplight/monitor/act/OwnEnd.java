package dev.heaplight.monitor.act;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process by SIGKILL, at once: {@code Runtime.halt} waits for a collection to end, which
 * may be what takes the memory. Where the JVM does not let one send the signal, it halts.
 *
 * <p>By reflection, since the compiler warns of {@code sun.misc.Signal} and cannot be told not to;
 * looked up before there is any hurry.
 */
final class OwnEnd {
  private final @Nullable Method raise;
  private final @Nullable Object signal;

  /** Looks up what it needs. */
  OwnEnd() {
    Method found = null;
    Object kill = null;
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      kill = type.getConstructor(String.class).newInstance("KILL");
      found = type.getMethod("raise", type);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      found = null; // left out of this JVM, or this system has no such signal
    }
    raise = found;
    signal = kill;
  }

  /** Does not return. */
  void now() {
    try {
      if (raise != null) {
        Object unused = raise.invoke(null, signal);
      }
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      // then as below
    } finally {
      Runtime.getRuntime().halt(Killer.SIGKILL_STATUS);
    }
  }
}
