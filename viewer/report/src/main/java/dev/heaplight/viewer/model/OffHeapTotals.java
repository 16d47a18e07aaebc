package dev.heaplight.viewer.model;

/**
 * Memory a scope took outside the heap and gave back, by stack, kind and thread. The kind, for
 * instance {@code direct}, stands where other totals have the allocated class.
 */
public final class OffHeapTotals {
  private final AllocationTotals taken = new AllocationTotals();
  private final AllocationTotals takenSinceOpen;
  private final AllocationTotals freedSinceOpen = new AllocationTotals();
  private long freedBytes;
  private long peakBytes;

  /**
   * Totals without any memory.
   *
   * @param whole whether everything since the scope's open is in the window that is asked for
   */
  OffHeapTotals(boolean whole) {
    takenSinceOpen = whole ? taken : new AllocationTotals();
  }

  void add(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    addBefore(stack, kind, thread, takenObjects, takenBytes, freedObjects, freedBytes);
    this.freedBytes += freedBytes;
    if (taken != takenSinceOpen && (takenBytes > 0 || takenObjects > 0)) {
      taken.add(stack, kind, thread, takenObjects, takenBytes);
    }
  }

  /** Adds what happened before the window, which still tells what is held in it. */
  void addBefore(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {
    takenSinceOpen.add(stack, kind, thread, takenObjects, takenBytes);
    freedSinceOpen.add(stack, kind, thread, freedObjects, freedBytes);
  }

  /** Notes that all entries up to a flush are in. */
  void flushed() {
    peakBytes = Math.max(peakBytes, liveBytes());
  }

  /** Adds another recording's totals, whose numbers {@code numbers} translates. */
  void join(OffHeapTotals other, Renumbering numbers) {
    numbers.add(other.takenSinceOpen, takenSinceOpen);
    numbers.add(other.freedSinceOpen, freedSinceOpen);
    if (taken != takenSinceOpen) {
      numbers.add(other.taken, taken);
    }
    freedBytes += other.freedBytes;
    peakBytes += other.peakBytes;
  }

  /** Everything that was taken. */
  public AllocationTotals taken() {
    return taken;
  }

  /** Bytes that were given back. */
  public long freedBytes() {
    return freedBytes;
  }

  /** Bytes that were taken and not given back. */
  public long liveBytes() {
    return takenSinceOpen.totalBytes() - freedSinceOpen.totalBytes();
  }

  /**
   * The most bytes that were held at a flush; between flushes there may have been more. Of several
   * recordings, the sum of each one's own.
   */
  public long peakBytes() {
    return peakBytes;
  }

  /** What was taken and not given back. */
  public AllocationTotals live() {
    return takenSinceOpen.minus(freedSinceOpen);
  }
}
