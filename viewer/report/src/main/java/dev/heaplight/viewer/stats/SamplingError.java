package dev.heaplight.viewer.stats;

import dev.heaplight.format.Progress;
import dev.heaplight.viewer.model.Metric;
import dev.heaplight.viewer.model.MetricView;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far figures of a sampled recording may be off.
 *
 * <p>Samples are a Poisson process over bytes: objects of s bytes on average are each sampled with
 * the chance 1 - exp(-s / interval), which gives back how many samples a figure rests on. Their
 * number n has a relative standard error of 1 / sqrt(n) at most; two times out of three a figure is
 * closer to the truth than that. Totals of a whole scope are the JVM's own count and have none.
 */
public final class SamplingError {
  private final double intervalBytes;

  private SamplingError(double intervalBytes) {
    this.intervalBytes = intervalBytes;
  }

  /** Of a metric's figures; null if they were counted, or nothing is known of samples. */
  public static @Nullable SamplingError of(MetricView view) {
    Progress progress = view.model().progress();
    boolean sampled =
        view.metric() == Metric.ALLOCATED && view.model().header().mode().equals("sampled");
    return sampled && progress != null && progress.samplingIntervalBytes() > 0
        ? new SamplingError(progress.samplingIntervalBytes())
        : null;
  }

  /** Samples that a figure of these objects and bytes rests on. */
  public long samples(long objects, long bytes) {
    if (objects <= 0) {
      return 0;
    }
    double each = (double) bytes / objects;
    double chance = -Math.expm1(-each / intervalBytes);
    return Math.round((double) objects * chance);
  }

  /** Its relative standard error; empty if it rests on no sample. */
  public OptionalDouble relative(long objects, long bytes) {
    long samples = samples(objects, bytes);
    return samples == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 / Math.sqrt((double) samples));
  }
}
