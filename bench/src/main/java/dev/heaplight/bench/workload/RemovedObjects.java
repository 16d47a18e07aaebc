package dev.heaplight.bench.workload;

/** A loop of nothing but objects that never leave it, which the JIT compiler removes. */
final class RemovedObjects implements Workload {
  private static final int ROUNDS = 100_000;

  private record Point(long x, long y) {
    Point moved(long by) {
      return new Point(x + by, y - by);
    }
  }

  @Override
  public long operate(int number) {
    long sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Point point = new Point(number, i).moved(i & 7);
      sum += point.x * 31 + point.y;
    }
    return sum;
  }
}
