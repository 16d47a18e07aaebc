package dev.heaplight.viewer.model;

/**
 * Memory a scope took outside the heap and gave back, by stack, kind and thread. The kind, for
 * instance {@code direct}, stands where other totals have the allocated class.
 */
public final class OffHeapTotals {
  // Both grow by the same keys in the same order, so a row number is the same in both.
  private final AllocationTotals taken = new AllocationTotals();
  private final AllocationTotals freed = new AllocationTotals();
  private long peakBytes;

  OffHeapTotals() {}

  void add(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    taken.add(stack, kind, thread, takenObjects, takenBytes);
    freed.add(stack, kind, thread, freedObjects, freedBytes);
  }

  /** Notes that all entries up to a flush are in. */
  void flushed() {
    peakBytes = Math.max(peakBytes, liveBytes());
  }

  /** Everything that was taken. */
  public AllocationTotals taken() {
    return taken;
  }

  /** Bytes that were given back. */
  public long freedBytes() {
    return freed.totalBytes();
  }

  /** Bytes that were taken and not given back. */
  public long liveBytes() {
    return taken.totalBytes() - freed.totalBytes();
  }

  /** The most bytes that were held at a flush; between flushes there may have been more. */
  public long peakBytes() {
    return peakBytes;
  }

  /** What was taken and not given back. */
  public AllocationTotals live() {
    AllocationTotals live = new AllocationTotals();
    for (int row = 0; row < taken.rows(); row++) {
      long bytes = taken.bytes(row) - freed.bytes(row);
      if (bytes > 0) {
        long objects = Math.max(0, taken.objects(row) - freed.objects(row));
        live.add(taken.stack(row), taken.className(row), taken.thread(row), objects, bytes);
      }
    }
    return live;
  }
}
