package dev.heaplight.bench.workload;

/** A loop of nothing but small objects, each of which lives until a ring comes round. */
final class RetainedObjects implements Workload {
  private static final int ROUNDS = 100_000;
  private static final int RING = 1 << 12;

  private final Node[] ring = new Node[RING];

  private record Node(long value, Object last) {}

  @Override
  public long operate(int number) {
    Object last = "start";
    for (int i = 0; i < ROUNDS; i++) {
      Node node = new Node(i, last);
      ring[i & (RING - 1)] = node;
      last = (i & 15) == 0 ? "cut" : node;
    }
    return ring[number & (RING - 1)].value;
  }
}
