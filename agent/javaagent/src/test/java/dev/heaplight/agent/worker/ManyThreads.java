package dev.heaplight.agent.worker;

import org.jspecify.annotations.Nullable;

/** Starts short threads one after the other. */
public final class ManyThreads {
  static volatile @Nullable Object sink;

  private ManyThreads() {}

  /** Takes the number of threads. */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(ManyThreads::work);
      thread.start();
      thread.join();
    }
    System.out.println("done");
  }

  private static void work() {
    sink = new long[100];
  }
}
