package dev.heaplight.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** What the JVM calls for {@code -javaagent}. Whatever fails here, the application still starts. */
public final class Premain {
  private static final String ENGINE = "dev.heaplight.engine.Engine";

  private Premain() {}

  /** Called by the JVM before the application's main method. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    try {
      start(options, instrumentation, false);
    } catch (Throwable t) {
      Throwable cause = t.getCause() == null ? t : t.getCause();
      System.err.println(
          "heaplight: agent did not start; the application runs unprofiled: cause=" + cause);
    }
  }

  /**
   * Makes the engine and starts it.
   *
   * @param late whether the program runs already, and {@code options} are a request to attach
   */
  static void start(@Nullable String options, Instrumentation instrumentation, boolean late)
      throws Exception {
    File jar = new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JarFile agentJar = new JarFile(jar, false); // unsigned: nothing to verify
    String version = Premain.class.getPackage().getImplementationVersion();
    Object engine =
        new EngineLoader(agentJar, jar).loadClass(ENGINE).getDeclaredConstructor().newInstance();
    Object known = version == null ? "unknown" : version;
    starter(engine)
        .accept(
            late
                ? new @Nullable Object[] {instrumentation, options, agentJar, known, true}
                : new @Nullable Object[] {instrumentation, options, agentJar, known});
  }

  @SuppressWarnings("unchecked") // that is how the engine's entry is declared
  private static Consumer<@Nullable Object[]> starter(Object engine) {
    return (Consumer<@Nullable Object[]>) engine;
  }
}
