package dev.heaplight.engine.profiler;

/** Takes samples one by one, in the thread that polls. */
public interface SampleReceiver {
  /**
   * One sampled allocation on the heap.
   *
   * @param threadId the JVM's number of the platform thread that allocated
   * @param nanos when, as of {@link System#nanoTime}
   * @param stack number in the engine's table of stacks
   * @param className the allocated class as in source
   * @param objects how many objects it stands for
   * @param bytes how many bytes it stands for
   */
  void allocated(
      long threadId, long nanos, int stack, String className, double objects, double bytes);

  /**
   * One sampled block that native code took from the C library.
   *
   * @param address where it lies, until it is freed
   * @param bytes how many bytes it stands for
   */
  void taken(long threadId, long nanos, int stack, long address, long bytes);

  /** A block was given back, sampled or not. Comes in order of time with {@link #taken}. */
  void freed(long address);
}
