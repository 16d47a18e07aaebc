package dev.heaplight.agent.worker;

import com.sun.management.ThreadMXBean;
import dev.heaplight.Tracker;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that is started in an inner scope and works on when that is closed, which is then for
 * the outer scope, and for none when that is closed as well. Prints what the JVM counts for it.
 */
public final class OutlivingThread {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ARRAY = 10_000;

  static volatile @Nullable Object sink;

  private final CountDownLatch innerDone = new CountDownLatch(1);
  private final CountDownLatch innerClosed = new CountDownLatch(1);
  private final CountDownLatch outerDone = new CountDownLatch(1);
  private final CountDownLatch outerClosed = new CountDownLatch(1);

  private OutlivingThread() {}

  /** Takes the number of arrays for each of three times, and a limit of the inner scope if any. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Tracker first = Tracker.open("first")) {
      sink = first; // the first close loads classes
    }
    long limitBytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
    new OutlivingThread().run(Integer.parseInt(arguments[0]), limitBytes);
  }

  private static Tracker inner(long limitBytes) {
    return limitBytes == 0
        ? Tracker.open("inner")
        : Tracker.named("inner").limitAllocated(limitBytes).open();
  }

  private void run(int count, long limitBytes) throws InterruptedException {
    Thread thread = new Thread(() -> work(count), "outliving");
    try (Tracker outer = Tracker.open("outer")) {
      try (Tracker inner = inner(limitBytes)) {
        thread.start();
        innerDone.await();
      }
      innerClosed.countDown();
      outerDone.await();
    }
    outerClosed.countDown();
    thread.join();
  }

  private void work(int count) {
    try {
      forInner(count);
      innerDone.countDown();
      innerClosed.await();
      long atClose = THREADS.getCurrentThreadAllocatedBytes();
      forOuter(count);
      System.out.println(THREADS.getCurrentThreadAllocatedBytes() - atClose);
      outerDone.countDown();
      outerClosed.await();
      forNobody(count);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void forInner(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[ARRAY];
    }
  }

  private static void forOuter(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[ARRAY];
    }
  }

  private static void forNobody(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[ARRAY];
    }
  }
}
