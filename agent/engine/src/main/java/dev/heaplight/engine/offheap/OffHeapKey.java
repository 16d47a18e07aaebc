package dev.heaplight.engine.offheap;

/**
 * Where off-heap memory was allocated.
 *
 * @param threadId id of the thread that allocated it
 * @param threadName that thread's name
 * @param stack number of the stack, or one of the constants below
 * @param kind as in {@code OffHeapHook}
 */
record OffHeapKey(long threadId, String threadName, int stack, int kind) {
  /** The stack was taken and is not resolved yet. */
  static final int UNRESOLVED = -1;

  /** No stack was taken: more blocks were allocated than stacks may be taken. */
  static final int NOT_SAMPLED = -2;

  /** The table of blocks was full, so that freeing it will go unnoticed. */
  static final int NOT_FOLLOWED = -3;

  OffHeapKey withStack(int other) {
    return new OffHeapKey(threadId, threadName, other, kind);
  }
}
