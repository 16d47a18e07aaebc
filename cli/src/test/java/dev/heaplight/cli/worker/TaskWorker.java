package dev.heaplight.cli.worker;

import dev.heaplight.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks side by side until its input ends. Each argument is one, {@code NAME:KEPT:RATE}: it
 * keeps so many MB and allocates so many MB in a second.
 */
public final class TaskWorker {
  private static final int MB = 1 << 20;
  private static final int PAUSES_IN_A_SECOND = 50;

  static volatile @Nullable Object sink;
  private static volatile boolean ended;

  private TaskWorker() {}

  /** Prints that it is ready once all tasks run. */
  public static void main(String[] args) throws IOException, InterruptedException {
    CountDownLatch open = new CountDownLatch(args.length);
    List<Thread> threads = new ArrayList<>();
    for (String task : args) {
      Thread thread = new Thread(() -> run(task.split(":", -1), open));
      thread.start();
      threads.add(thread);
    }
    open.await();
    System.out.println("ready");
    System.in.readAllBytes();
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void run(String[] task, CountDownLatch open) {
    int bytesEachTime = Integer.parseInt(task[2]) * MB / PAUSES_IN_A_SECOND;
    try (Tracker tracker = Tracker.open(task[0])) {
      byte[] kept = new byte[Integer.parseInt(task[1]) * MB];
      Arrays.fill(kept, (byte) 1);
      open.countDown();
      while (!ended) {
        allocate(bytesEachTime);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / PAUSES_IN_A_SECOND);
      }
      sink = kept;
    }
  }

  private static void allocate(int bytes) {
    if (bytes > 0) {
      sink = new byte[bytes];
    }
  }
}
