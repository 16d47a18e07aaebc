package dev.heaplight.engine;

import static java.util.Objects.requireNonNull;

import dev.heaplight.engine.weave.ScopeMethods;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The engine's entry. Refers to no hook class itself: the JVM looks at all its methods' types
 * before the hook is on the bootstrap class path.
 */
public final class Engine implements Consumer<@Nullable Object[]> {
  static final String UNPROFILED = "; the application runs unprofiled";

  /** Made by premain, which knows this class by name alone. */
  public Engine() {}

  /**
   * Starts the agent. A JDK interface, since the first call through {@code Method} links method
   * handles on newer JDKs, for 15 ms before main.
   *
   * @param arguments those of {@link #start}, in its order
   */
  @Override
  public void accept(@Nullable Object[] arguments) {
    try {
      start(
          (Instrumentation) requireNonNull(arguments[0]),
          (String) arguments[1],
          (JarFile) requireNonNull(arguments[2]),
          (String) requireNonNull(arguments[3]));
    } catch (IOException | UnmodifiableClassException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts the agent. A wrong option is one line on the standard error stream, and the JVM stays
   * untouched.
   *
   * @param optionText what stood behind {@code -javaagent:...=}, may be null
   * @param agentJar the agent's jar, which also holds the hook
   * @param agentVersion version for recordings
   */
  private static void start(
      Instrumentation instrumentation,
      @Nullable String optionText,
      JarFile agentJar,
      String agentVersion)
      throws IOException, UnmodifiableClassException {
    AgentLog log = new AgentLog(System.err, false);
    AgentOptions options;
    ScopeMethods scopeMethods;
    try {
      options = AgentOptions.parse(optionText);
      scopeMethods = new ScopeMethods(options.scopeMethods());
    } catch (IllegalArgumentException e) {
      log.line(e.getMessage() + UNPROFILED);
      return;
    }
    if (options.mode() == AgentOptions.Mode.OFF) {
      return;
    }
    instrumentation.appendToBootstrapClassLoaderSearch(agentJar);
    AgentLog chosen = new AgentLog(System.err, options.verbose());
    new StartUp(instrumentation, options, scopeMethods, agentVersion, chosen).run();
  }
}
