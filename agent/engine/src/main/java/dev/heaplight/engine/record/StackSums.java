package dev.heaplight.engine.record;

import dev.heaplight.engine.sample.StackTable;
import java.util.Arrays;

/**
 * Bytes by stack, kept for as long as a scope is open: what its error names is then known without a
 * look into its file. Not thread-safe.
 *
 * <p>Layout: open addressing, the numbers of stacks in one array and their sums in another; 12
 * bytes a slot, at most three quarters of them in use. A slot with {@link #FREE} is free, so that
 * the empty stack can be counted too.
 */
final class StackSums {
  private static final int FREE = -1;
  private static final int FIRST_SLOTS = 64;
  private static final int SLOT_BYTES = Integer.BYTES + Long.BYTES;

  private int[] stacks = {};
  private long[] sums = {};
  private int used;

  /** Adds {@code bytes}, which may be negative, to what {@code stack} has. */
  void add(int stack, long bytes) {
    if (used >= stacks.length / 4 * 3) {
      grow();
    }
    int slot = slot(stack);
    if (stacks[slot] == FREE) {
      stacks[slot] = stack;
      used++;
    }
    sums[slot] += bytes;
  }

  /** The stack that has most; {@link StackTable#EMPTY} if none has any. */
  int largest() {
    int largest = StackTable.EMPTY;
    long most = 0;
    for (int slot = 0; slot < stacks.length; slot++) {
      if (stacks[slot] != FREE && sums[slot] > most) {
        largest = stacks[slot];
        most = sums[slot];
      }
    }
    return largest;
  }

  /** Forgets all. */
  void clear() {
    stacks = new int[0];
    sums = new long[0];
    used = 0;
  }

  /** The memory this takes. */
  long memoryBytes() {
    return (long) stacks.length * SLOT_BYTES;
  }

  private int slot(int stack) {
    int mask = stacks.length - 1;
    int slot = (stack * 0x9E3779B9) >>> 7 & mask;
    while (stacks[slot] != FREE && stacks[slot] != stack) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] formerStacks = stacks;
    long[] formerSums = sums;
    int slots = Math.max(FIRST_SLOTS, formerStacks.length * 2);
    stacks = new int[slots];
    Arrays.fill(stacks, FREE);
    sums = new long[slots];
    for (int i = 0; i < formerStacks.length; i++) {
      if (formerStacks[i] != FREE) {
        int slot = slot(formerStacks[i]);
        stacks[slot] = formerStacks[i];
        sums[slot] = formerSums[i];
      }
    }
  }
}
