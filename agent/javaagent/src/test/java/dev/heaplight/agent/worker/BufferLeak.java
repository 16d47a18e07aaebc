package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Keeps some direct buffers, and lets go of others until the collector has freed them. */
public final class BufferLeak {
  public static final int COUNT = 1_000;
  public static final int LEAKED_BYTES = 4_096;
  public static final int RELEASED_BYTES = 65_536;

  private static final List<ByteBuffer> LEAKED = new ArrayList<>();

  static volatile ByteBuffer last = ByteBuffer.allocate(0);

  private BufferLeak() {}

  /** No arguments. */
  public static void main(String[] arguments) {
    Tracker tracker = Tracker.open("leak");
    for (int i = 0; i < COUNT; i++) {
      leak();
      release();
    }
    last = ByteBuffer.allocate(0);
    long left = LEAKED_BYTES * (long) COUNT + 10L * RELEASED_BYTES;
    while (directBytes() > left) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
    tracker.close();
  }

  private static void leak() {
    LEAKED.add(ByteBuffer.allocateDirect(LEAKED_BYTES));
  }

  private static void release() {
    last = ByteBuffer.allocateDirect(RELEASED_BYTES);
  }

  private static long directBytes() {
    return java.lang.management.ManagementFactory.getPlatformMXBeans(
            java.lang.management.BufferPoolMXBean.class)
        .stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(java.lang.management.BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
