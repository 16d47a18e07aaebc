package dev.heaplight.agent.worker;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The JDK's ways to have a task run by another thread, each over one pool that all callers share.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each task counts down when it is done
final class HandOverWays {
  private static final int THREADS = 3;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(THREADS);
  private final ForkJoinPool forkJoin = new ForkJoinPool(THREADS);
  private final Timer timer = new Timer(true);
  private final BlockingQueue<CompletableFuture<String>> toComplete = new LinkedBlockingQueue<>();

  /** Runs a task {@code count} times in other threads and waits for all of them. */
  interface Way {
    void run(Runnable task, int count) throws Exception;
  }

  /** Makes the pools; their threads start as they are needed. */
  HandOverWays() {
    Thread completer = new Thread(this::completeFutures, "completer");
    completer.setDaemon(true);
    completer.start();
  }

  /** All ways that this JVM knows, by name. */
  Map<String, Way> all() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("thread", HandOverWays::threads);
    ways.put("execute", each(executor::execute));
    ways.put("submit", each(executor::submit));
    ways.put("invokeAll", this::invokeAll);
    ways.put("schedule", each(task -> scheduler.schedule(task, 1, TimeUnit.MILLISECONDS)));
    ways.put("periodic", this::periodic);
    ways.put("forkJoinExecute", each(forkJoin::execute));
    ways.put("fork", (task, count) -> forkJoin.invoke(new Halves(task, count)));
    ways.put("commonPool", (task, count) -> new Halves(task, count).fork().join());
    ways.put("parallelStream", HandOverWays::parallelStream);
    ways.put("runAsync", each(CompletableFuture::runAsync));
    ways.put("runAsyncOnExecutor", each(task -> CompletableFuture.runAsync(task, executor)));
    ways.put("dependentStage", this::dependentStages);
    ways.put("dependentAsyncStage", this::dependentAsyncStages);
    ways.put("delayedExecutor", each(HandOverWays::delayed));
    ways.put("timer", each(this::timed));
    if (Runtime.version().feature() >= 21) {
      ways.put("virtualThread", HandOverWays::virtualThreads);
      ways.put("threadPerTask", HandOverWays::threadPerTask);
    }
    if (Runtime.version().feature() >= 25) {
      ways.put("structured", HandOverWays::structured);
      ways.put("forkJoinSchedule", this::forkJoinSchedule);
    }
    return ways;
  }

  void shutDown() {
    executor.shutdown();
    scheduler.shutdown();
    forkJoin.shutdown();
    timer.cancel();
  }

  private interface Start {
    void start(Runnable task);
  }

  private static Way each(Start start) {
    return (task, count) -> {
      CountDownLatch done = new CountDownLatch(count);
      Runnable counted = counted(task, done);
      for (int i = 0; i < count; i++) {
        start.start(counted); // one object for all
      }
      done.await();
    };
  }

  private static Runnable counted(Runnable task, CountDownLatch done) {
    return () -> {
      task.run();
      done.countDown();
    };
  }

  private static void threads(Runnable task, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(task);
      thread.start();
      thread.join();
    }
  }

  private void invokeAll(Runnable task, int count) throws InterruptedException {
    Callable<Object> call = Executors.callable(task);
    var unused = executor.invokeAll(Collections.nCopies(count, call));
  }

  private void periodic(Runnable task, int count) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    int[] left = {count};
    Runnable guarded =
        () -> {
          if (left[0]-- > 0) {
            task.run();
          } else {
            done.countDown();
          }
        };
    ScheduledFuture<?> future =
        scheduler.scheduleAtFixedRate(guarded, 0, 20, TimeUnit.MICROSECONDS);
    done.await();
    future.cancel(false);
  }

  private static void parallelStream(Runnable task, int count) {
    IntStream.range(0, count).parallel().forEach(i -> task.run());
  }

  private static void delayed(Runnable task) {
    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(task);
  }

  private void timed(Runnable task) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            task.run();
          }
        },
        1);
  }

  /** Stages that a thread runs which neither made them nor works for any scope. */
  private void dependentStages(Runnable task, int count) {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CompletableFuture<String> source = new CompletableFuture<>();
      stages.add(source.thenApply(text -> text + "!").thenAccept(text -> task.run()));
      toComplete.add(source);
    }
    CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0])).join();
  }

  private void dependentAsyncStages(Runnable task, int count) {
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CompletableFuture<String> source = new CompletableFuture<>();
      stages.add(source.thenRunAsync(() -> {}, executor).thenAcceptAsync(text -> task.run()));
      toComplete.add(source);
    }
    CompletableFuture.allOf(stages.toArray(new CompletableFuture<?>[0])).join();
  }

  private void completeFutures() {
    try {
      while (true) {
        toComplete.take().complete("done");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void virtualThreads(Runnable task, int count) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add((Thread) start.invoke(null, task));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void threadPerTask(Runnable task, int count) throws Exception {
    ExecutorService perTask = newVirtualThreadPerTaskExecutor();
    each(perTask::submit).run(task, count);
    perTask.shutdown();
  }

  static ExecutorService newVirtualThreadPerTaskExecutor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static void structured(Runnable task, int count) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
      Method fork = type.getMethod("fork", Runnable.class);
      for (int i = 0; i < count; i++) {
        fork.invoke(scope, task);
      }
      type.getMethod("join").invoke(scope);
    }
  }

  private void forkJoinSchedule(Runnable task, int count) throws Exception {
    Method schedule =
        ForkJoinPool.class.getMethod("schedule", Runnable.class, long.class, TimeUnit.class);
    CountDownLatch done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      schedule.invoke(forkJoin, counted(task, done), 1L, TimeUnit.MILLISECONDS);
    }
    done.await();
  }

  /** Runs a task so many times by forking one half and running the other. */
  private static final class Halves extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient Runnable task;
    private final int count;

    Halves(Runnable task, int count) {
      this.task = task;
      this.count = count;
    }

    @Override
    protected void compute() {
      if (count == 1) {
        task.run();
      } else if (count > 1) {
        invokeAll(new Halves(task, count / 2), new Halves(task, count - count / 2));
      }
    }
  }
}
