package dev.heaplight.engine;

import java.lang.instrument.Instrumentation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the agent tells the attach command: entries of the JVM's agent properties, which the attach
 * API reads and the application does not see.
 *
 * <p>Entries: {@code heaplight.attached} is the recording's path while the attach command's scope
 * is open. {@code heaplight.answer.ID} answers a request, in two lines: {@code taken} with nothing,
 * {@code opened} or {@code closed} with the recording's path, or {@code failed} with the reason and
 * what to do. The last few answers stay.
 *
 * <p>Thread-safe.
 */
final class AttachAnswers {
  private static final String ATTACHED = "heaplight.attached";
  private static final String ANSWER = "heaplight.answer.";
  private static final int KEPT = 8;

  /** The JDK's class that holds the properties; it is meant for agents in native code. */
  private static final String HOLDER = "jdk.internal.vm.VMSupport";

  private final Properties properties;
  private final Deque<String> answered = new ArrayDeque<>();

  /** The state of an answer. */
  enum State {
    TAKEN,
    OPENED,
    CLOSED,
    FAILED
  }

  private AttachAnswers(Properties properties) {
    this.properties = properties;
  }

  /**
   * Opens the package of the holder to the engine and takes the JVM's properties.
   *
   * @throws ReflectiveOperationException if this JVM has none
   */
  static AttachAnswers of(Instrumentation instrumentation) throws ReflectiveOperationException {
    String holderPackage = HOLDER.substring(0, HOLDER.lastIndexOf('.'));
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(holderPackage, Set.of(AttachAnswers.class.getModule())),
        Map.of(),
        Set.of(),
        Map.of());
    Class<?> holder = Class.forName(HOLDER, true, null);
    Object found = holder.getMethod("getAgentProperties").invoke(null);
    if (!(found instanceof Properties properties)) {
      throw new NoSuchFieldException("agent properties");
    }
    return new AttachAnswers(properties);
  }

  /** Says which recording the attach command's scope has; null when that is closed. */
  synchronized void attached(@Nullable String file) {
    if (file == null) {
      properties.remove(ATTACHED);
    } else {
      properties.setProperty(ATTACHED, file);
    }
  }

  /** Answers a request, in place of an earlier answer. */
  synchronized void answer(String requestId, State state, String text) {
    if (requestId.isEmpty()) {
      return; // asked by hand: nobody waits
    }
    String key = ANSWER + requestId;
    String answer = state.name().toLowerCase(Locale.ROOT) + "\n" + text;
    if (properties.setProperty(key, answer) == null) {
      answered.add(key);
      if (answered.size() > KEPT) {
        properties.remove(answered.poll());
      }
    }
  }
}
