package dev.heaplight.spark;

import dev.heaplight.Tracker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.network.util.JavaUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a scope for each task attempt, on its thread, and has its recording brought to the driver.
 */
final class ExecutorSide implements ExecutorPlugin {
  /** Names of facts in recordings. */
  static final String STAGE = "spark.stage";

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSide.class);
  private static final String PREFIX = "spark.heaplight.";

  @SuppressWarnings("ThreadLocalUsage") // one instance for each executor
  private final ThreadLocal<@Nullable Tracker> open = new ThreadLocal<>();

  private @Nullable SparkConf conf;
  private @Nullable LocalRecordings local;
  private @Nullable Shipper shipper;
  private String executor = "";

  @Override
  public void init(PluginContext context, Map<String, String> extraConf) {
    try {
      if (!Tracker.isAttached()) {
        LOG.warn(
            "heaplight: no agent in this executor, nothing is recorded; add -javaagent:... to"
                + " spark.executor.extraJavaOptions");
        return;
      }
      conf = context.conf();
      executor = context.executorID();
      LocalRecordings own = LocalRecordings.create(context.conf().getAppId(), context.executorID());
      Shipper bringing = new Shipper(context, own);
      own.leftByOthers().forEach(bringing::add);
      bringing.start();
      local = own;
      shipper = bringing;
    } catch (Throwable t) { // one that leaves here would end the executor, again and again
      LOG.warn("heaplight: nothing is recorded in this executor", t);
    }
  }

  @Override
  public void onTaskStart() {
    try {
      close(); // of an attempt whose end was not told
      TaskContext task = TaskContext.get();
      LocalRecordings own = local;
      if (task != null && own != null) {
        open.set(tracker(task, own.directory()));
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("heaplight: attempt not recorded", e);
    }
  }

  @Override
  public void onTaskSucceeded() {
    close();
  }

  @Override
  public void onTaskFailed(TaskFailedReason reason) {
    close();
  }

  /** Waits for what is on its way to the driver. */
  @Override
  public void shutdown() {
    Shipper bringing = shipper;
    if (bringing != null) {
      bringing.end();
    }
  }

  private Tracker tracker(TaskContext task, Path directory) {
    String described = property(task, "spark.job.description");
    String shown = described.isEmpty() ? property(task, "callSite.short") : described;
    Tracker.Builder builder =
        Tracker.named("stage " + task.stageId() + (shown.isEmpty() ? "" : " " + shown))
            .id(executor + "-" + task.taskAttemptId())
            .attempt(task.attemptNumber() + 1)
            .retriable(true)
            .destination(directory)
            .attribute(STAGE, Integer.toString(task.stageId()))
            .attribute("spark.stageAttempt", Integer.toString(task.stageAttemptNumber()))
            .attribute("spark.partition", Integer.toString(task.partitionId()))
            .attribute("spark.attempt", Integer.toString(task.attemptNumber()))
            .attribute("spark.taskAttempt", Long.toString(task.taskAttemptId()))
            .attribute("spark.executor", executor);
    String group = property(task, "spark.jobGroup.id");
    if (!group.isEmpty()) {
      builder.owner(group).attribute("spark.jobGroup", group);
    }
    long allocated = size(task, "limitAllocated");
    if (allocated > 0) {
      builder.limitAllocated(allocated);
    }
    long live = size(task, "limitLive");
    if (live > 0) {
      builder.limitLive(live);
    }
    long declared = size(task, "declaredMemory");
    if (declared > 0) {
      builder.declaredMemory(declared);
    }
    return builder.open();
  }

  private static String property(TaskContext task, String key) {
    String value = task.getLocalProperty(key);
    return value == null ? "" : value;
  }

  /** A size that holds for the job, or else for the application; 0 if there is none. */
  private long size(TaskContext task, String name) {
    SparkConf settings = conf;
    String ofJob = property(task, PREFIX + name);
    String value = ofJob.isEmpty() && settings != null ? settings.get(PREFIX + name, "") : ofJob;
    try {
      return value.isEmpty() ? 0 : JavaUtils.byteStringAsBytes(value);
    } catch (NumberFormatException e) {
      LOG.warn("heaplight: no limit: {}{}={}, expected=a size such as 512m", PREFIX, name, value);
      return 0;
    }
  }

  private void close() {
    Tracker tracker = open.get();
    if (tracker == null) {
      return;
    }
    open.remove();
    try {
      tracker.close();
      Shipper bringing = shipper;
      if (bringing != null) {
        tracker.file().ifPresent(bringing::add);
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("heaplight: recording stays where it is", e);
    }
  }
}
