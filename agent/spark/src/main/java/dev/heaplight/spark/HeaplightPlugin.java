package dev.heaplight.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Records each task attempt of an application: {@code
 * spark.plugins=dev.heaplight.spark.HeaplightPlugin}, with the agent in the executors' options.
 *
 * <p>Settings, with their defaults: {@code spark.heaplight.session}, the directory in which the
 * driver puts recordings (one of its own); {@code spark.heaplight.limitAllocated}, {@code
 * spark.heaplight.limitLive} and {@code spark.heaplight.declaredMemory}, for each attempt, also as
 * local properties of a job (none).
 *
 * <p>Whatever goes wrong in it, tasks and executors go on.
 */
public final class HeaplightPlugin implements SparkPlugin {
  /** Made by Spark. */
  public HeaplightPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverSide();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorSide();
  }
}
