package dev.heaplight.engine.offheap;

import org.jspecify.annotations.Nullable;

/**
 * Followed blocks by address. Not thread-safe.
 *
 * <p>Layout: open addressing in three arrays of the same length, a power of two, at most half full.
 * Address 0 marks an empty slot: no block starts there. Removing moves later entries of the same
 * run up, so that there are no tombstones and a look-up ends at the first empty slot.
 */
final class BlockTable {
  private static final int INITIAL_SLOTS = 1024;
  private static final int NONE = -1;

  private long[] addresses = new long[INITIAL_SLOTS];
  private long[] bytes = new long[INITIAL_SLOTS];
  private @Nullable OffHeapAccount[] accounts = new OffHeapAccount[INITIAL_SLOTS];
  private int size;
  private long heldBytes;

  /** Bytes of all blocks. */
  long heldBytes() {
    return heldBytes;
  }

  int size() {
    return size;
  }

  /** Length of the table. */
  int slots() {
    return addresses.length;
  }

  /** Adds a block; its address must not be in the table. */
  void add(long address, long blockBytes, OffHeapAccount account) {
    if ((size + 1) * 2 > addresses.length) {
      rebuild(addresses.length * 2, true);
    }
    insert(address, blockBytes, account);
  }

  /** Slot of a block, or a negative number if the address is not in the table. */
  int find(long address) {
    int mask = addresses.length - 1;
    for (int slot = home(address, mask); addresses[slot] != 0; slot = (slot + 1) & mask) {
      if (addresses[slot] == address) {
        return slot;
      }
    }
    return NONE;
  }

  long bytes(int slot) {
    return bytes[slot];
  }

  /** The account of the block in an occupied slot. */
  @Nullable OffHeapAccount account(int slot) {
    return accounts[slot];
  }

  /** Takes out the block in this slot; the slots of others may change. */
  void remove(int slot) {
    int mask = addresses.length - 1;
    int hole = slot;
    heldBytes -= bytes[slot];
    for (int next = (slot + 1) & mask; addresses[next] != 0; next = (next + 1) & mask) {
      int home = home(addresses[next], mask);
      // An entry may move up to the hole unless its home lies behind the hole.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        addresses[hole] = addresses[next];
        bytes[hole] = bytes[next];
        accounts[hole] = accounts[next];
        hole = next;
      }
    }
    addresses[hole] = 0;
    accounts[hole] = null;
    size--;
  }

  /** Takes out the blocks that no open scope accounts for. */
  void removeOrphans() {
    rebuild(addresses.length, false);
    if (addresses.length > INITIAL_SLOTS && size * 8 < addresses.length) {
      rebuild(Math.max(INITIAL_SLOTS, Integer.highestOneBit(size + 1) * 4), true);
    }
  }

  private void rebuild(int slots, boolean withOrphans) {
    long[] oldAddresses = addresses;
    long[] oldBytes = bytes;
    @Nullable OffHeapAccount[] oldAccounts = accounts;
    addresses = new long[slots];
    bytes = new long[slots];
    accounts = new OffHeapAccount[slots];
    size = 0;
    heldBytes = 0;
    for (int i = 0; i < oldAddresses.length; i++) {
      OffHeapAccount account = oldAccounts[i];
      if (account != null && (withOrphans || account.present().scope != null)) {
        insert(oldAddresses[i], oldBytes[i], account);
      }
    }
  }

  private void insert(long address, long blockBytes, OffHeapAccount account) {
    int mask = addresses.length - 1;
    int slot = home(address, mask);
    while (addresses[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    addresses[slot] = address;
    bytes[slot] = blockBytes;
    accounts[slot] = account;
    heldBytes += blockBytes;
    size++;
  }

  /** Addresses are multiples of 8 or of a page: the low bits say nothing. */
  private static int home(long address, int mask) {
    return (int) ((address * 0x9E3779B97F4A7C15L) >>> 40) & mask;
  }
}
