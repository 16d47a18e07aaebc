package dev.heaplight.engine.method;

import static java.util.Objects.requireNonNull;

import dev.heaplight.engine.record.Scope;
import dev.heaplight.engine.record.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Spark's {@code Task.run(taskAttemptId, attemptNumber, ...)}: each attempt is a scope, named by
 * its stage and what the job is described as. Where Heaplight's own plugin is switched on, that
 * opens the scopes, since it has to bring their recordings to the driver.
 *
 * <p>Source: {@code org.apache.spark:spark-core} 3.5 and 4.x.
 */
final class SparkCalls extends ScopedCalls {
  static final String CLASS = "org.apache.spark.scheduler.Task";
  static final String METHOD = "run";

  private static final String PLUGIN = "dev.heaplight.spark.";

  private final Scopes scopes;

  SparkCalls(Scopes scopes) {
    this.scopes = scopes;
  }

  @Override
  @Nullable Object enter(@Nullable Object @Nullable [] call) throws ReflectiveOperationException {
    Object task = requireNonNull(requireNonNull(call)[0]);
    if (call.length < 3 || pluginIsOn(task)) {
      return null;
    }
    Map<String, String> request = new LinkedHashMap<>();
    String stage = Reflected.text(task, "stageId");
    String described = property(task, "spark.job.description");
    request.put("kind", "task");
    request.put("name", "stage " + stage + (described.isEmpty() ? "" : " " + described));
    request.put("id", String.valueOf(call[1]));
    request.put("retriable", "true");
    request.put("attempt", Integer.toString(call[2] instanceof Integer attempt ? attempt + 1 : 1));
    request.put("attribute.spark.stage", stage);
    request.put("attribute.spark.stageAttempt", Reflected.text(task, "stageAttemptId"));
    request.put("attribute.spark.partition", Reflected.text(task, "partitionId"));
    String group = property(task, "spark.jobGroup.id");
    if (!group.isEmpty()) {
      request.put("attribute.spark.jobGroup", group);
    }
    return scopes.open(request, null);
  }

  @Override
  void exit(Object entered) {
    scopes.close((Scope) entered);
  }

  private static String property(Object task, String key) throws ReflectiveOperationException {
    return Reflected.call(task, "localProperties") instanceof Properties properties
        ? properties.getProperty(key, "")
        : "";
  }

  /** Whether the executor's settings name the plugin. */
  private static boolean pluginIsOn(Object task) {
    try {
      Class<?> environment =
          Class.forName("org.apache.spark.SparkEnv", false, task.getClass().getClassLoader());
      Object conf = Reflected.call(environment.getMethod("get").invoke(null), "conf");
      Object plugins =
          requireNonNull(conf)
              .getClass()
              .getMethod("get", String.class, String.class)
              .invoke(conf, "spark.plugins", "");
      return String.valueOf(plugins).contains(PLUGIN);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return false;
    }
  }
}
