package dev.heaplight.engine.offheap;

/**
 * A block that is being given another size.
 *
 * @param account where it is accounted for
 * @param bytes size before
 */
public record DetachedBlock(OffHeapAccount account, long bytes) {}
