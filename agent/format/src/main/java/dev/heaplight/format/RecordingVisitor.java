package dev.heaplight.format;

import java.util.List;

/**
 * Receives a recording in file order. Every method does nothing by default. Called on the thread
 * that reads.
 */
public interface RecordingVisitor {
  /**
   * The file header, always first.
   *
   * @param header what the recording says of itself
   * @param dictionary tables that later entries refer to; filled before they are needed
   */
  default void header(RecordingHeader header, Dictionary dictionary) {}

  /**
   * Start of a time slice; the allocations that follow fell into it.
   *
   * @param startMillis milliseconds from the scope's open to the slice's start
   * @param endMillis milliseconds from the scope's open to the slice's end
   */
  default void slice(long startMillis, long endMillis) {}

  /**
   * What one thread allocated of one class at one stack within the slice.
   *
   * @param stack number of the stack, {@link Dictionary#EMPTY_STACK} when unknown
   * @param className string number of the allocated class's binary name, {@code byte[]} for arrays
   * @param thread number of the thread
   * @param objects objects allocated
   * @param bytes bytes allocated, headers and alignment included
   */
  default void allocation(int stack, int className, int thread, long objects, long bytes) {}

  /** Running figures; each replaces the one before. */
  default void progress(Progress progress) {}

  /** A caveat every report must show, for instance the name of a degraded mode. */
  default void note(String text) {}

  /**
   * Start of a composition of live objects. Once it is ended it replaces the one of its kind
   * before. One that is not ended before the next begins, or before the end of the file, was cut
   * short and must not be used.
   */
  default void live(LiveHeader header) {}

  /**
   * What is alive of one class, allocated at one stack by one thread; may come more than once for
   * the same three.
   *
   * @param stack number of the stack, {@link Dictionary#EMPTY_STACK} when unknown
   * @param className string number of the class's binary name
   * @param thread number of the thread that allocated
   * @param objects live objects
   * @param bytes live bytes
   */
  default void liveEntry(int stack, int className, int thread, long objects, long bytes) {}

  /** End of the composition: it is whole. */
  default void liveEnd() {}

  /** A garbage collection; in order of time. */
  default void collection(GcPoint point) {}

  /** A sample of the process's memory; in order of time. */
  default void memory(MemorySample sample) {}

  /** What the process's memory consists of; in order of time, after the sample of its time. */
  default void memoryParts(MemoryParts parts) {}

  /**
   * Start of a time slice; the off-heap entries that follow fell into it.
   *
   * @param startMillis milliseconds from the scope's open to the slice's start
   * @param endMillis milliseconds from the scope's open to the slice's end
   */
  default void offHeapSlice(long startMillis, long endMillis) {}

  /**
   * What one thread took outside the heap at one stack within the slice, and what was given back
   * within it of memory taken there, by whatever thread.
   *
   * @param stack number of the stack, {@link Dictionary#EMPTY_STACK} when unknown
   * @param kind string number of how it was taken: {@code direct}, {@code mapped}, {@code native}
   * @param thread number of the thread that took it
   * @param takenObjects blocks of memory taken
   * @param takenBytes bytes taken
   * @param freedObjects blocks of memory given back
   * @param freedBytes bytes given back
   */
  default void offHeap(
      int stack,
      int kind,
      int thread,
      long takenObjects,
      long takenBytes,
      long freedObjects,
      long freedBytes) {}

  /** The ages at which the scope's objects died; replaces the list before. */
  default void lifetimes(List<Lifetime> all) {}

  /** The agent's own cost; replaces the figures before. */
  default void agent(AgentCost cost) {}

  /** The clean end; at most once, and last but for compositions of live objects. */
  default void footer(Footer footer) {}
}
