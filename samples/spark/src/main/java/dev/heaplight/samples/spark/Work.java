package dev.heaplight.samples.spark;

/** What a task does. */
final class Work {
  private static final int KILOBYTE = 1_000;

  private Work() {}

  /** Allocates kilobytes, one after the other, and forgets them; returns their number. */
  static long allocate(int kilobytes) {
    long sum = 0;
    for (int i = 0; i < kilobytes; i++) {
      byte[] kilobyte = new byte[KILOBYTE];
      kilobyte[i % KILOBYTE] = 1;
      sum += kilobyte[i % KILOBYTE];
    }
    return sum;
  }
}
