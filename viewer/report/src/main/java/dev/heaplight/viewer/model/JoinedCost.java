package dev.heaplight.viewer.model;

import dev.heaplight.format.AgentCost;
import dev.heaplight.format.Progress;
import org.jspecify.annotations.Nullable;

/** Running figures of several recordings added up. A sum of which a part is unknown is unknown. */
final class JoinedCost {
  private long startMillis = Long.MAX_VALUE;
  private long endMillis = Long.MIN_VALUE;
  private long jvmAllocatedBytes;
  private long gcCount;
  private long samples;
  private long agentBytes;
  private long samplingIntervalBytes;
  private boolean anyProgress;
  private boolean progressMissing;
  private long cpuNanos;
  private long memoryBytes;
  private long memoryLimitBytes;
  private boolean anyCost;

  void add(RecordingModel model) {
    long start = model.header().startEpochMillis();
    startMillis = Math.min(startMillis, start);
    endMillis = Math.max(endMillis, start + model.durationMillis().orElse(0));
    Progress progress = model.progress();
    if (progress == null) {
      progressMissing |= model.totals().rows() > 0;
    } else {
      anyProgress = true;
      jvmAllocatedBytes = plus(jvmAllocatedBytes, progress.jvmAllocatedBytes());
      gcCount = plus(gcCount, progress.gcCount());
      samples += progress.samples();
      agentBytes += progress.agentBytes();
      samplingIntervalBytes = Math.max(samplingIntervalBytes, progress.samplingIntervalBytes());
    }
    AgentCost cost = model.memory().agentCost();
    if (cost != null) {
      anyCost = true;
      cpuNanos = plus(cpuNanos, cost.cpuNanos());
      // One agent writes many recordings: what it holds is not to be added up.
      memoryBytes = Math.max(memoryBytes, cost.memoryBytes());
      memoryLimitBytes = Math.max(memoryLimitBytes, cost.memoryLimitBytes());
    }
  }

  /** Milliseconds from the first open to the last close. */
  long durationMillis() {
    return Math.max(0, endMillis - startMillis);
  }

  @Nullable Progress progress() {
    if (!anyProgress) {
      return null;
    }
    return new Progress(
        durationMillis(),
        progressMissing ? Progress.UNKNOWN : jvmAllocatedBytes,
        gcCount,
        samples,
        agentBytes,
        samplingIntervalBytes);
  }

  @Nullable AgentCost agentCost() {
    return anyCost ? new AgentCost(cpuNanos, memoryBytes, memoryLimitBytes) : null;
  }

  private static long plus(long sum, long more) {
    return sum == Progress.UNKNOWN || more == Progress.UNKNOWN ? Progress.UNKNOWN : sum + more;
  }
}
