package dev.heaplight.spark;

import dev.heaplight.viewer.rollup.Outline;
import dev.heaplight.viewer.rollup.OutlineReader;
import dev.heaplight.viewer.rollup.RollUp;
import dev.heaplight.viewer.rollup.RollUpGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each stage allocated, as far as recordings have arrived; told when a stage is over and all
 * its attempts' recordings are there. Thread-safe.
 */
final class StageRollUps {
  private static final Logger LOG = LoggerFactory.getLogger(StageRollUps.class);
  private static final double MEGA = 1 << 20;

  private final Consumer<String> told;
  private final Map<Integer, Stage> stages = new TreeMap<>();
  private long arrivedNanos;

  /** One stage, all of its attempts together. */
  private static final class Stage {
    private final RollUp rollUp = new RollUp();
    private int ended;
    private int arrived;
    private boolean completed;
    private boolean told;
  }

  /** Tells by {@code told}, one line for each stage. */
  StageRollUps(Consumer<String> told) {
    this.told = told;
  }

  /** Learns from Spark which attempts and stages have ended. */
  SparkListener listener() {
    return new SparkListener() {
      @Override
      public void onTaskEnd(SparkListenerTaskEnd event) {
        attemptEnded(event.stageId());
      }

      @Override
      public void onStageCompleted(SparkListenerStageCompleted event) {
        stageCompleted(event.stageInfo().stageId());
      }
    };
  }

  /** A recording has arrived. */
  void arrived(Path file) {
    try {
      Outline outline = OutlineReader.read(file);
      String stage = outline.header().attributes().getOrDefault(ExecutorSide.STAGE, "");
      arrived(Integer.parseInt(stage), outline);
    } catch (IOException | NumberFormatException e) {
      LOG.warn("heaplight: recording not summed up: {}", file, e);
    }
  }

  synchronized void arrived(int stageId, Outline outline) {
    Stage stage = stage(stageId);
    stage.rollUp.add(outline);
    stage.arrived++;
    arrivedNanos = System.nanoTime();
    tellIfDone(stageId, stage);
    notifyAll();
  }

  synchronized void attemptEnded(int stageId) {
    stage(stageId).ended++;
  }

  synchronized void stageCompleted(int stageId) {
    Stage stage = stage(stageId);
    stage.completed = true;
    tellIfDone(stageId, stage);
  }

  /**
   * Waits until the recordings of all attempts that have ended are there.
   *
   * @param millis at most so long
   * @param quietMillis and at most so long after the last that came
   */
  synchronized void awaitAll(long millis, long quietMillis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    arrivedNanos = System.nanoTime();
    try {
      while (anyOnItsWay()) {
        long now = System.nanoTime();
        long quietEnd = arrivedNanos + TimeUnit.MILLISECONDS.toNanos(quietMillis);
        long left = TimeUnit.NANOSECONDS.toMillis(Math.min(end - now, quietEnd - now));
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean anyOnItsWay() {
    // Without any at all there is no agent in the executors, and none will come.
    return stages.values().stream().anyMatch(stage -> stage.arrived > 0)
        && stages.values().stream().anyMatch(stage -> stage.arrived < stage.ended);
  }

  /** Tells of stages that have not been told of. */
  synchronized void tellRest() {
    stages.forEach(
        (id, stage) -> {
          if (!stage.told && stage.arrived > 0) {
            tell(id, stage);
          }
        });
  }

  private Stage stage(int stageId) {
    return stages.computeIfAbsent(stageId, unused -> new Stage());
  }

  private void tellIfDone(int stageId, Stage stage) {
    if (stage.completed && !stage.told && stage.arrived >= stage.ended && stage.arrived > 0) {
      tell(stageId, stage);
    }
  }

  private void tell(int stageId, Stage stage) {
    stage.told = true;
    RollUpGroup total = stage.rollUp.total();
    int missing = Math.max(0, stage.ended - stage.arrived);
    told.accept(
        String.format(
            Locale.ROOT,
            "heaplight: stage %d: %d recordings%s, %.1f MiB allocated (%d bytes), largest %.1f MiB,"
                + " largest peak %.1f MiB",
            stageId,
            total.recordings(),
            missing > 0 ? " (" + missing + " attempts left none)" : "",
            total.allocatedBytes() / MEGA,
            total.allocatedBytes(),
            total.maxAllocatedBytes() / MEGA,
            Math.max(0, total.peakBytes(1)) / MEGA));
  }
}
