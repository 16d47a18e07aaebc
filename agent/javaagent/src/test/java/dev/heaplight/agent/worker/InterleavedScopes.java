package dev.heaplight.agent.worker;

import dev.heaplight.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Two scopes that take turns on the same two threads; each allocates a class of its own. */
public final class InterleavedScopes {
  static volatile @Nullable Object sink;

  private static final int OBJECTS_OF_A_TURN = 20_000;

  private InterleavedScopes() {}

  /** Of the first scope. */
  static final class Even {
    long first;
    long second;
    long third;
  }

  /** Of the second scope. */
  static final class Odd {
    long first;
    long second;
    long third;
  }

  /** Takes the number of turns each scope has. */
  public static void main(String[] arguments) throws Exception {
    int turns = Integer.parseInt(arguments[0]);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Thread even = new Thread(() -> scope("even", pool, turns, InterleavedScopes::even));
    Thread odd = new Thread(() -> scope("odd", pool, turns, InterleavedScopes::odd));
    even.start();
    odd.start();
    even.join();
    odd.join();
    pool.shutdown();
  }

  private static void scope(String name, ExecutorService pool, int turns, Runnable turn) {
    try (Tracker tracker = Tracker.open(name)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < turns; i++) {
        all.add(pool.submit(turn));
      }
      for (Future<?> done : all) {
        done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void even() {
    for (int i = 0; i < OBJECTS_OF_A_TURN; i++) {
      sink = new Even();
    }
  }

  private static void odd() {
    for (int i = 0; i < OBJECTS_OF_A_TURN; i++) {
      sink = new Odd();
    }
  }
}
