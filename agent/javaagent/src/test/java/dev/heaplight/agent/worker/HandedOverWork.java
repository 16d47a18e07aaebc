package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import dev.heaplight.agent.worker.HandOverWays.Way;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/** Hands work over in every way, from two scopes and from outside of any, at the same time. */
public final class HandedOverWork {
  static volatile @Nullable Object sink;

  private HandedOverWork() {}

  /** Takes how many tasks each thread hands over in each way. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    HandOverWays ways = new HandOverWays();
    CyclicBarrier together = new CyclicBarrier(3);
    Map<String, Way> all = ways.all();
    Thread right = new Thread(() -> runAll(all, "right-", HandedOverWork::right, count, together));
    Thread nobody = new Thread(() -> runAll(all, null, HandedOverWork::nobody, count, together));
    right.start();
    nobody.start();
    runAll(all, "left-", HandedOverWork::left, count, together);
    right.join();
    nobody.join();
    ways.shutDown();
    System.out.println(String.join(" ", all.keySet()));
  }

  private static void runAll(
      Map<String, Way> ways,
      @Nullable String prefix,
      Runnable task,
      int count,
      CyclicBarrier together) {
    ways.forEach(
        (name, way) -> {
          try {
            if (prefix == null) {
              together.await();
              way.run(task, count);
              together.await();
            } else {
              try (Tracker tracker = Tracker.open(prefix + name)) {
                together.await();
                way.run(task, count);
                together.await();
              }
            }
          } catch (Exception e) {
            throw new IllegalStateException(name, e);
          }
        });
  }

  private static void left() {
    sink = new byte[1_000];
  }

  private static void right() {
    sink = new byte[2_000];
  }

  private static void nobody() {
    sink = new byte[3_000];
  }
}
