package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Opens one scope after the other, each of which hands a task to the same idle pool. */
public final class ManyScopes {
  static volatile @Nullable Object sink;

  private ManyScopes() {}

  /** Takes the number of scopes. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    long usedAtFirst = 0;
    for (int i = 0; i < count; i++) {
      Path file;
      try (Tracker tracker = Tracker.open("many")) {
        file = tracker.file().orElseThrow();
        executor.submit(() -> sink = new byte[1_000]).get();
      }
      Files.delete(file);
      if (i == count / 10) {
        usedAtFirst = usedBytes();
      }
    }
    System.out.println("grown=" + (usedBytes() - usedAtFirst));
    executor.shutdown();
    System.out.println(LeftBehind.figures());
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
