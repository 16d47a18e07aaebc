package dev.heaplight.engine;

import dev.heaplight.engine.weave.ScopeMethods;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The engine's entry. Refers to no hook class itself: the JVM looks at all its methods' types
 * before the hook is on the bootstrap class path.
 */
public final class Engine {
  static final String UNPROFILED = "; the application runs unprofiled";

  private Engine() {}

  /**
   * Starts the agent; found by name from premain. A wrong option is one line on the standard error
   * stream, and the JVM stays untouched.
   *
   * @param optionText what stood behind {@code -javaagent:...=}, may be null
   * @param agentJar the agent's jar, which also holds the hook
   * @param agentVersion version for recordings
   */
  public static void start(
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
