package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Allocates a known amount inside a scope, and as much before, after and beside it. */
public final class AllocateMemory {
  /** Bytes of each array's elements. */
  public static final int LENGTH = 1_000_000;

  static volatile @Nullable Object sink;

  private AllocateMemory() {}

  /** Takes the number of arrays. */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    outside(count);
    CountDownLatch opened = new CountDownLatch(1);
    Thread foreign = new Thread(() -> beside(opened, count), "foreign");
    foreign.start(); // before the scope: a thread that it starts belongs to it
    try (Tracker tracker = Tracker.open("allocate_memory")) {
      opened.countDown();
      foreign.join();
      allocate(count);
      System.out.println("file=" + tracker.file().map(Object::toString).orElse("none"));
    }
    outside(count);
    System.out.println("done, attached=" + Tracker.isAttached());
  }

  private static void beside(CountDownLatch opened, int count) {
    try {
      opened.await();
      outside(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void allocate(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[LENGTH];
    }
  }

  private static void outside(int count) {
    for (int i = 0; i < count; i++) {
      sink = new byte[LENGTH];
    }
  }
}
