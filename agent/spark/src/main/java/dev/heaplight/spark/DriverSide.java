package dev.heaplight.spark;

import dev.heaplight.monitor.session.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the executors' recordings in, and tells what each stage allocated. */
final class DriverSide implements DriverPlugin {
  static final String SESSION = "spark.heaplight.session";

  private static final Logger LOG = LoggerFactory.getLogger(DriverSide.class);
  private static final String SESSION_VARIABLE = "HEAPLIGHT_SESSION_DIR";
  private static final long LAST_ARRIVALS_MILLIS = 15_000;

  /** When so long nothing has come, what is missing was never written. */
  private static final long QUIET_MILLIS = 3_000;

  private @Nullable Arrivals arrivals;
  private @Nullable StageRollUps stages;

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext context) {
    try {
      Path logs = logs(spark);
      StageRollUps rollUps = new StageRollUps(LOG::info);
      spark.addSparkListener(rollUps.listener());
      stages = rollUps;
      arrivals = new Arrivals(logs, rollUps::arrived);
      LOG.info("heaplight: recordings of task attempts go to {}", logs);
    } catch (IOException | RuntimeException e) {
      LOG.warn("heaplight: no recordings are taken in", e);
    }
    return Map.of();
  }

  private static Path logs(SparkContext spark) throws IOException {
    String variable = System.getenv(SESSION_VARIABLE);
    String given = spark.conf().get(SESSION, variable == null ? "" : variable);
    String temporary = System.getProperty("java.io.tmpdir", "/tmp");
    return new SessionDirectory(given.isEmpty() ? null : given, temporary).logs();
  }

  @Override
  public void registerMetrics(String applicationId, PluginContext context) {
    Arrivals in = arrivals;
    if (in != null) {
      in.register(context.metricRegistry());
    }
  }

  /** Takes a part of a recording in; the answer tells whether it was. Ends with the file's fate. */
  @Override
  public Object receive(Object message) {
    Arrivals in = arrivals;
    return in != null && message instanceof RecordingPart part && in.take(part);
  }

  /** Called before the executors are stopped, so that what they still send is waited for. */
  @Override
  public void shutdown() {
    StageRollUps rollUps = stages;
    if (rollUps != null) {
      rollUps.awaitAll(LAST_ARRIVALS_MILLIS, QUIET_MILLIS);
      rollUps.tellRest();
    }
    Arrivals in = arrivals;
    if (in != null) {
      in.end();
    }
  }
}
