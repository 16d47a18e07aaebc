package dev.heaplight.agent.worker;

import dev.heaplight.TaskMemoryLimitError;
import dev.heaplight.Tracker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task that allocates until it is failed, and prints what it was told. */
public final class FailingTask {
  private static final int CHUNK = 10_000;
  private static final long LONGEST_SECONDS = 30;

  static volatile @Nullable Object sink;

  private FailingTask() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    try (Tracker tracker = Tracker.named("job").id("4711").retriable(false).attempt(2).open()) {
      allocate();
      System.out.println("no error");
    } catch (TaskMemoryLimitError e) {
      System.out.println(e.getMessage());
      System.out.println(
          "limit="
              + e.limit()
              + ", retriable="
              + e.retriable()
              + ", attempt="
              + e.attempt()
              + ", recording="
              + e.recording().getFileName());
    }
  }

  private static void allocate() {
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (System.nanoTime() < untilNanos) {
      sink = new byte[CHUNK];
    }
  }
}
