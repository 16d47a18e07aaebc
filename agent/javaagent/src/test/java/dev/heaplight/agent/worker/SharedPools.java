package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two pipelines in two scopes at once, over the same executor, common pool and virtual threads. */
public final class SharedPools {
  static volatile @Nullable Object sink;

  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final ExecutorService perTask;
  private final CyclicBarrier together = new CyclicBarrier(2);

  private SharedPools(boolean virtual) throws ReflectiveOperationException {
    perTask = virtual ? HandOverWays.newVirtualThreadPerTaskExecutor() : executor;
  }

  /** Takes how many tasks each step has, and whether the last step's are virtual threads. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    SharedPools pools = new SharedPools(Boolean.parseBoolean(arguments[1]));
    Thread right = new Thread(() -> pools.scope("right", SharedPools::right, count));
    right.start();
    pools.scope("left", SharedPools::left, count);
    right.join();
    pools.executor.shutdown();
    pools.perTask.shutdown();
    System.out.println(LeftBehind.figures());
  }

  private void scope(String name, Runnable allocate, int count) {
    try (Tracker tracker = Tracker.open(name)) {
      together.await();
      steps(allocate, count);
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(name, e);
    }
  }

  private void steps(Runnable allocate, int count) {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stages.add(
          CompletableFuture.supplyAsync(() -> IntStream.range(0, 2), executor)
              .thenApply(range -> range.parallel())
              .thenAccept(range -> range.forEach(n -> allocate.run()))
              .thenRunAsync(allocate)
              .thenRunAsync(allocate, perTask));
    }
    CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0])).join();
  }

  private static void left() {
    sink = new byte[1_000];
  }

  private static void right() {
    sink = new byte[2_000];
  }
}
