package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** Two scopes open on two threads at the same time, and one inside another on a third. */
public final class ConcurrentScopes {
  static volatile @Nullable Object sink;

  private ConcurrentScopes() {}

  /** Takes the number of arrays each scope allocates. */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    CyclicBarrier together = new CyclicBarrier(2);
    Thread left = new Thread(() -> scope("left", 1_000, count, together), "left");
    Thread right = new Thread(() -> scope("right", 2_000, count, together), "right");
    left.start();
    right.start();
    left.join();
    right.join();
    try (Tracker outer = Tracker.open("outer")) {
      outerBefore(count);
      try (Tracker inner = Tracker.open("inner")) {
        inner(count);
      }
      outerAfter(count);
    }
  }

  private static void scope(String name, int length, int count, CyclicBarrier together) {
    try (Tracker tracker = Tracker.open(name)) {
      for (int i = 0; i < count; i++) {
        if (i % 100 == 0) {
          await(together);
        }
        sink = length == 1_000 ? left() : right();
      }
    }
  }

  private static byte[] left() {
    return new byte[1_000];
  }

  private static byte[] right() {
    return new byte[2_000];
  }

  private static void outerBefore(int count) {
    for (int i = 0; i < count; i++) {
      sink = new int[100];
    }
  }

  private static void inner(int count) {
    for (int i = 0; i < count; i++) {
      sink = new long[100];
    }
  }

  private static void outerAfter(int count) {
    for (int i = 0; i < count; i++) {
      sink = new char[100];
    }
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
