package dev.heaplight.cli;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends signals that would end this command to a child process instead. The child decides what they
 * mean, and the command ends when it does.
 *
 * <p>By {@code sun.misc.Signal}, the only way a JVM has to learn of one without ending; by name,
 * since the compiler warns of it. A signal that was ignored when the command started stays ignored.
 * On a JVM without that class, or with -Xrs, signals reach the child only through the terminal.
 * Thread-safe.
 */
final class ForwardedSignals implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final List<Restored> before = new ArrayList<>();
  private final List<String> early = new ArrayList<>();
  private @Nullable Process child;
  private boolean received;

  /** What a signal did before. */
  private record Restored(Method handle, Object signal, Object handler) {
    void restore() {
      try {
        Object unused = handle.invoke(null, signal, handler);
      } catch (ReflectiveOperationException e) {
        return; // it was taken over, so it can be given back
      }
    }
  }

  private ForwardedSignals() {}

  /** Takes the signals over; those that come before there is a child wait for it. */
  static ForwardedSignals take() {
    ForwardedSignals signals = new ForwardedSignals();
    try {
      signals.takeOver();
    } catch (ReflectiveOperationException e) {
      signals.close();
    }
    return signals;
  }

  /** Sends all signals to {@code newChild} from now on. */
  synchronized void sendTo(Process newChild) {
    child = newChild;
    early.forEach(signal -> send(newChild, signal));
  }

  /** Whether any signal came. */
  synchronized boolean anySent() {
    return received;
  }

  /** Waits for a signal, at most this long; whether one came. */
  synchronized boolean awaitAny(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (!received && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return received;
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    before.forEach(Restored::restore);
  }

  private void takeOver() throws ReflectiveOperationException {
    Class<?> signalClass = Class.forName("sun.misc.Signal");
    Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
    Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
    Object ignoring = handlerClass.getField("SIG_IGN").get(null);
    ClassLoader loader = ForwardedSignals.class.getClassLoader();
    Object forwarding = Proxy.newProxyInstance(loader, new Class<?>[] {handlerClass}, this::called);
    for (String name : SIGNALS) {
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      Restored restored = new Restored(handle, signal, handle.invoke(null, signal, forwarding));
      if (restored.handler() == ignoring) {
        restored.restore();
      } else {
        before.add(restored);
      }
    }
  }

  private @Nullable Object called(Object proxy, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "handle" -> {
        received(String.valueOf(arguments[0]));
        yield null;
      }
      case "hashCode" -> System.identityHashCode(this);
      case "equals" -> proxy == arguments[0];
      default -> "forwarded signal";
    };
  }

  private synchronized void received(String signal) {
    received = true;
    notifyAll();
    if (child == null) {
      early.add(signal);
    } else {
      send(child, signal);
    }
  }

  /** Sends a signal by its name, such as {@code SIGINT}, which Java itself cannot. */
  private static void send(Process to, String signal) {
    try {
      if (to.isAlive()) {
        String option = "-" + signal.substring("SIG".length());
        Process unused = new ProcessBuilder("kill", option, Long.toString(to.pid())).start();
      }
    } catch (IOException e) {
      to.destroy(); // no such program: the one signal that Java can send
    }
  }
}
