package dev.heaplight.bench.worker;

import com.google.monitoring.runtime.instrumentation.AllocationRecorder;
import com.google.monitoring.runtime.instrumentation.Sampler;

/**
 * Google's allocation instrumenter with the least a user can do: add up the working thread's bytes.
 */
final class GoogleSession implements ProfilerSession {
  private final ByteCount count = new ByteCount(Thread.currentThread());

  private static final class ByteCount implements Sampler {
    private final Thread worker;
    private long bytes;

    ByteCount(Thread worker) {
      this.worker = worker;
    }

    @Override
    public void sampleAllocation(int length, String type, Object allocated, long size) {
      if (Thread.currentThread() == worker) {
        bytes += size;
      }
    }
  }

  @Override
  public void begin(String part) {
    count.bytes = 0;
    AllocationRecorder.addSampler(count);
  }

  @Override
  public void end() {
    AllocationRecorder.removeSampler(count);
  }

  @Override
  public long recordedBytes() {
    return count.bytes;
  }
}
