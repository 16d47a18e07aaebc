package dev.heaplight.agent.worker;

import dev.heaplight.TaskMemoryLimitError;
import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks that go beyond their limits; each prints what it was told. */
public final class LimitedTasks {
  private static final int CHUNK = 10_000;

  static volatile @Nullable Object sink;
  static boolean initialised;

  private LimitedTasks() {}

  /** Takes the limit in bytes. */
  public static void main(String[] arguments) {
    long limit = Long.parseLong(arguments[0]);
    report("allocated", Tracker.named("allocated").limitAllocated(limit), LimitedTasks::allocate);
    report("live", Tracker.named("live").limitLive(limit), LimitedTasks::keep);
    report("library", Tracker.named("library").limitAllocated(limit), LimitedTasks::map);
    report("below", Tracker.named("below").limitAllocated(limit), () -> sink = new byte[CHUNK]);
    report("initialiser", Tracker.named("initialiser").limitAllocated(limit), LimitedTasks::init);
  }

  private static void report(String name, Tracker.Builder builder, Runnable task) {
    try (Tracker tracker = builder.open()) {
      task.run();
      System.out.println(name + ": no error");
    } catch (TaskMemoryLimitError e) {
      System.out.println(
          name
              + ": "
              + e.limit()
              + " "
              + e.usedBytes()
              + " "
              + e.hottestStack().get(0)
              + " at "
              + e.getStackTrace()[0].getMethodName());
    }
    System.out.println(name + " " + "initialised=" + initialised);
  }

  private static void allocate() {
    for (int i = 0; i < 100_000; i++) {
      sink = new byte[CHUNK];
    }
  }

  private static void keep() {
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      kept.add(new byte[CHUNK]);
      if (i % 1_000 == 0) {
        System.gc();
      }
    }
    sink = kept;
  }

  private static void map() {
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < 10_000_000; i++) {
      map.put(i, i);
    }
    sink = map;
  }

  private static void init() {
    HeavyClass.touch();
    sink = new byte[CHUNK];
  }

  /** A class whose initialiser allocates more than any limit here. */
  static final class HeavyClass {
    static {
      for (int i = 0; i < 20_000; i++) {
        sink = new byte[CHUNK];
      }
      initialised = true;
    }

    private HeavyClass() {}

    static void touch() {}
  }
}
