package dev.heaplight.engine;

import static java.util.Objects.requireNonNull;

import dev.heaplight.engine.method.MethodRule;
import dev.heaplight.engine.record.CaptureMode;
import dev.heaplight.engine.weave.SiteTable;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The engine's entry. Refers to no hook class itself: the JVM looks at all its methods' types
 * before the hook is on the bootstrap class path.
 */
public final class Engine implements Consumer<@Nullable Object[]> {
  static final String UNPROFILED = "; the application runs unprofiled";

  /** Arguments of {@link #start}; a request of the attach command has one more. */
  private static final int START_ARGUMENTS = 4;

  private @Nullable StartUp started;
  private @Nullable AttachReceiver receiver;
  private @Nullable SiteTable sites;
  private String version = "unknown";

  /** Made by premain, which knows this class by name alone. */
  public Engine() {}

  /**
   * Starts the agent. A JDK interface, since the first call through {@code Method} links method
   * handles on newer JDKs, for 15 ms before main.
   *
   * @param arguments those of {@link #start}, in its order; with one more, those of {@link
   *     #attach}, where the agent's jar and version are null if this engine has started before
   */
  @Override
  public void accept(@Nullable Object[] arguments) {
    if (arguments.length > START_ARGUMENTS) {
      attach(
          (Instrumentation) requireNonNull(arguments[0]),
          (String) arguments[1],
          (JarFile) arguments[2],
          (String) arguments[3]);
      return;
    }
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
  private void start(
      Instrumentation instrumentation,
      @Nullable String optionText,
      JarFile agentJar,
      String agentVersion)
      throws IOException, UnmodifiableClassException {
    AgentLog log = new AgentLog(System.err, false);
    AgentOptions options;
    List<MethodRule> methodRules;
    try {
      options = AgentOptions.parse(optionText, System.getenv());
      methodRules = options.methodRules();
    } catch (IllegalArgumentException e) {
      log.line(e.getMessage() + UNPROFILED);
      return;
    }
    if (options.mode() == CaptureMode.Mode.OFF) {
      return;
    }
    instrumentation.appendToBootstrapClassLoaderSearch(agentJar);
    AgentLog chosen = new AgentLog(System.err, options.verbose());
    SiteTable table = new SiteTable();
    StartUp agent = new StartUp(instrumentation, options, methodRules, table, agentVersion, chosen);
    sites = table;
    version = agentVersion;
    started = agent;
    agent.run(this);
  }

  /**
   * Takes a request of the attach command; called in this engine's first JVM thread that asks, or
   * again later through the hook.
   */
  private synchronized void attach(
      Instrumentation instrumentation,
      @Nullable String request,
      @Nullable JarFile agentJar,
      @Nullable String agentVersion) {
    if (receiver == null) {
      if (agentJar != null) {
        instrumentation.appendToBootstrapClassLoaderSearch(agentJar);
        version = agentVersion == null ? version : agentVersion;
      }
      SiteTable table = sites == null ? new SiteTable() : sites;
      try {
        receiver = new AttachReceiver(instrumentation, version, table, started, this);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    receiver.take(request);
  }
}
