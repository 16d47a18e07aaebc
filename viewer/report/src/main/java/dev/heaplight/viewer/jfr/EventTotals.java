package dev.heaplight.viewer.jfr;

/**
 * Number and bytes of a chunk's events by the chunk's own numbers of stack, class and thread.
 *
 * <p>Layout: an open-addressing table in parallel arrays, at most half full. An event is one
 * look-up with its figures at the same place: there may be millions in a chunk.
 */
final class EventTotals {
  private static final int MIN_CAPACITY = 1024;

  /** Receives what was summed up. */
  interface Sink {
    void accept(int stack, int className, int thread, long events, long bytes);
  }

  private long[] stacksAndClasses = new long[MIN_CAPACITY];
  private int[] threads = new int[MIN_CAPACITY];
  private long[] events = new long[MIN_CAPACITY];
  private long[] bytes = new long[MIN_CAPACITY];
  private int used;
  private long totalEvents;

  void add(int stack, int className, int thread, long moreBytes) {
    totalEvents++;
    add(((long) stack << Integer.SIZE) | (className & 0xFFFF_FFFFL), thread, 1, moreBytes);
  }

  private void add(long stackAndClass, int thread, long moreEvents, long moreBytes) {
    int mask = threads.length - 1;
    int slot = hash(stackAndClass, thread) & mask;
    while (events[slot] != 0
        && (stacksAndClasses[slot] != stackAndClass || threads[slot] != thread)) {
      slot = (slot + 1) & mask;
    }
    bytes[slot] += moreBytes;
    events[slot] += moreEvents;
    if (events[slot] == moreEvents) {
      stacksAndClasses[slot] = stackAndClass;
      threads[slot] = thread;
      if (++used * 2 > threads.length) {
        grow();
      }
    }
  }

  private void grow() {
    EventTotals larger = new EventTotals();
    int capacity = threads.length * 2;
    larger.stacksAndClasses = new long[capacity];
    larger.threads = new int[capacity];
    larger.events = new long[capacity];
    larger.bytes = new long[capacity];
    for (int slot = 0; slot < threads.length; slot++) {
      if (events[slot] != 0) {
        larger.add(stacksAndClasses[slot], threads[slot], events[slot], bytes[slot]);
      }
    }
    stacksAndClasses = larger.stacksAndClasses;
    threads = larger.threads;
    events = larger.events;
    bytes = larger.bytes;
  }

  private static int hash(long stackAndClass, int thread) {
    long h = (stackAndClass + thread) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (h >>> Integer.SIZE);
  }

  long totalEvents() {
    return totalEvents;
  }

  void forEach(Sink sink) {
    for (int slot = 0; slot < threads.length; slot++) {
      if (events[slot] != 0) {
        long key = stacksAndClasses[slot];
        sink.accept(
            (int) (key >>> Integer.SIZE), (int) key, threads[slot], events[slot], bytes[slot]);
      }
    }
  }
}
