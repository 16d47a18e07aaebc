package dev.heaplight.engine.method;

import dev.heaplight.engine.record.Scopes;
import dev.heaplight.engine.weave.ScopeMethods;
import dev.heaplight.engine.weave.ScopeMethods.Passes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runtimes whose tasks and actors are scopes without a change to any code. A runtime is in use when
 * its class is loaded, so that nothing has to be looked for.
 */
public final class KnownRuntimes {
  private static final List<String> ACTOR_PACKAGES = List.of("org.apache.pekko.", "akka.");

  private KnownRuntimes() {}

  /** Whether one of them is on the application's class path. */
  public static boolean areOnClassPath() {
    List<String> classes = new ArrayList<>(List.of(RayCalls.CLASS, SparkCalls.CLASS));
    ACTOR_PACKAGES.forEach(actors -> classes.add(actors + PekkoCalls.CLASS));
    return classes.stream()
        .map(name -> name.replace('.', '/') + ".class")
        .anyMatch(name -> ClassLoader.getSystemResource(name) != null);
  }

  /** The methods in which they execute tasks and messages. */
  public static List<MethodRule> rules() {
    List<MethodRule> rules = new ArrayList<>();
    rules.add(rule(RayCalls.CLASS, RayCalls.METHOD, Passes.CALL, RayCalls::new));
    rules.add(rule(SparkCalls.CLASS, SparkCalls.METHOD, Passes.CALL, SparkCalls::new));
    for (String actors : ACTOR_PACKAGES) {
      Function<Scopes, PekkoCalls> calls = once(PekkoCalls::new);
      String cell = actors + PekkoCalls.CLASS;
      rules.add(rule(cell, PekkoCalls.INVOKE, Passes.CALL_IF_READY, calls::apply));
      rules.add(rule(cell, PekkoCalls.SYSTEM_INVOKE, Passes.CALL_IF_READY, calls::apply));
      rules.add(rule(actors + "dispatch.Mailbox", "run", Passes.CALL_IF_READY, NeutralCalls::new));
    }
    return rules;
  }

  private static MethodRule rule(
      String className, String method, Passes passes, Function<Scopes, ScopedCalls> calls) {
    return new MethodRule(new ScopeMethods.Target(className, method, passes), calls);
  }

  /** The same object at each call, where several methods share what they know. */
  private static <T> Function<Scopes, T> once(Function<Scopes, T> maker) {
    List<T> made = new ArrayList<>();
    return scopes -> {
      if (made.isEmpty()) {
        made.add(maker.apply(scopes));
      }
      return made.get(0);
    };
  }

  /**
   * The session of the runtime that this process is a worker of, so that recordings are where its
   * users look for logs; null if it has none.
   *
   * @param properties the system's
   */
  public static @Nullable String session(Properties properties) {
    String directory = properties.getProperty("ray.session-dir", "");
    if (directory.isEmpty()) {
      String config = properties.getProperty("ray.config-file", ""); // Ray 1.x
      Path parent = config.isEmpty() ? null : Path.of(config).toAbsolutePath().getParent();
      directory = parent == null ? "" : parent.toString();
    }
    if (directory.isEmpty()) {
      String logs = properties.getProperty("ray.logging.dir", ""); // always its logs/
      Path parent = logs.endsWith("/logs") ? Path.of(logs).getParent() : null;
      directory = parent == null ? "" : parent.toString();
    }
    return directory.isEmpty() ? null : directory;
  }
}
