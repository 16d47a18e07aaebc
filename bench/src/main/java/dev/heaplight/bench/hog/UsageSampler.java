package dev.heaplight.bench.hog;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches a group's memory each millisecond, from outside. */
final class UsageSampler extends Thread {
  private final MemoryGroup group;
  private final long triggerBytes;
  private volatile boolean ended;
  private volatile long maxBytes;
  private volatile long crossedNanos;
  private volatile long returnedNanos;
  private volatile double steepest;
  private final StringBuilder trace = new StringBuilder();

  UsageSampler(MemoryGroup group, long triggerBytes) {
    super("usage-sampler");
    this.group = group;
    this.triggerBytes = triggerBytes;
    setDaemon(true);
  }

  /** Ends the sampling. */
  void end() throws InterruptedException {
    ended = true;
    join();
  }

  /** All samples, a line each: milliseconds since 1970 and bytes. After the end only. */
  String trace() {
    return trace.toString();
  }

  long maxBytes() {
    return maxBytes;
  }

  /** When use first was above the trigger; 0 if it never was. */
  long crossedNanos() {
    return crossedNanos;
  }

  /** When use was below it again, after the last time it was above; 0 if it was not. */
  long returnedNanos() {
    return returnedNanos;
  }

  /** Fastest growth over some 20 ms, in bytes a second. */
  double steepest() {
    return steepest;
  }

  @Override
  public void run() {
    long markNanos = System.nanoTime();
    long markBytes = Long.MAX_VALUE;
    while (!ended) {
      try {
        long used = group.usedBytes();
        long now = System.nanoTime();
        trace.append(System.currentTimeMillis()).append(' ').append(used).append('\n');
        maxBytes = Math.max(maxBytes, used);
        if (used > triggerBytes) {
          crossedNanos = crossedNanos == 0 ? now : crossedNanos;
          returnedNanos = 0;
        } else if (crossedNanos != 0 && returnedNanos == 0) {
          returnedNanos = now;
        }
        long elapsed = now - markNanos;
        if (elapsed > TimeUnit.MILLISECONDS.toNanos(20)) {
          steepest = Math.max(steepest, (used - markBytes) * 1e9 / elapsed);
          markNanos = now;
          markBytes = used;
        }
      } catch (IOException e) {
        return; // the group is gone
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
