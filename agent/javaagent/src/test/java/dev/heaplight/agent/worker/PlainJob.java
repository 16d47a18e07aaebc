package dev.heaplight.agent.worker;

import org.jspecify.annotations.Nullable;

/** Work without any scope of its own; the agent's options make scopes of it. */
public final class PlainJob {
  static volatile @Nullable Object sink;

  private PlainJob() {}

  /** Runs the job a few times, once to its failure, and a second thread beside it. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread second = new Thread(() -> work(500), "second");
    second.start();
    second.join();
    run(100);
    run(200);
    try {
      run(-1);
      throw new AssertionError("a negative count is refused");
    } catch (IllegalArgumentException e) {
      System.out.println("refused");
    }
  }

  static long run(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count=" + count);
    }
    return work(count);
  }

  private static long work(int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      byte[] array = new byte[100_000];
      sink = array;
      sum += array.length;
    }
    return sum;
  }
}
