package dev.heaplight.format;

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

  /** The clean end; at most once, and last. */
  default void footer(Footer footer) {}
}
