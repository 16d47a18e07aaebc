package dev.heaplight.hook;

import org.jspecify.annotations.Nullable;

/**
 * What {@link OffHeapHook} needs of the engine. Every method may be called on any thread, with that
 * thread's counting suspended.
 */
public abstract class OffHeapLink {
  /**
   * A thread that works in a scope allocated a block.
   *
   * @param counters the calling thread's
   * @param address where the block starts, not 0
   * @param bytes its size
   * @param kind one of {@link OffHeapHook}'s kinds
   */
  public abstract void allocated(ThreadCounters counters, long address, long bytes, int kind);

  /** A block is about to be freed, or one the engine never heard of. */
  public abstract void freed(long address);

  /**
   * A block is about to be given another size, and maybe another place. It is no longer followed
   * until {@link #kept} or {@link #replaced} tells how that went.
   *
   * @return what to hand to those, or null if the block is not followed
   */
  public abstract @Nullable Object reallocating(long address);

  /**
   * A block kept its place and size after all, for want of memory.
   *
   * @param block what {@link #reallocating} returned
   */
  public abstract void kept(long address, Object block);

  /** A followed block was given up for another. */
  public abstract void replaced(Object block);
}
