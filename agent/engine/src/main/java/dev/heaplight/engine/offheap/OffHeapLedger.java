package dev.heaplight.engine.offheap;

import dev.heaplight.engine.sample.StackTable;
import org.jspecify.annotations.Nullable;

/**
 * All blocks of off-heap memory that open scopes allocated and nobody freed yet.
 *
 * <p>Concurrency: thread-safe. This object's lock guards the table, all accounts and all scopes'
 * books; it is held for a few memory accesses and never while a stack is taken or resolved. Threads
 * wait for it about as long as native allocation itself takes. No lambda is used under it: linking
 * one would load classes.
 *
 * <p>Bounds: {@link #MAX_BLOCKS} blocks, at some 100 bytes each. Blocks beyond are counted as
 * allocated, under a name of their own, and not followed. Blocks of closed scopes are swept out
 * once they are as many as the others, so that a scope's end costs the same however many are open.
 */
public final class OffHeapLedger {
  /** Blocks followed at a time. */
  public static final int MAX_BLOCKS = 200_000;

  private static final int MAX_UNRESOLVED = 16_384;
  private static final int MIN_SWEEP = 1024;

  /** Address, size and reference. */
  private static final long SLOT_BYTES = 20;

  /** Most accounts are of one block, and share their key's strings. */
  private static final long ACCOUNT_BYTES = 112;

  /** An unresolved stack of ordinary depth. */
  private static final long STACK_BYTES = 1_500;

  private final int maxBlocks;
  private final StackTable stacks;
  private final BlockTable blocks = new BlockTable();
  private BlockTable sampledBlocks = new BlockTable();
  private int orphans;
  private int unresolved;

  /** An empty ledger that numbers stacks by this table. */
  public OffHeapLedger(StackTable stacks) {
    this(stacks, MAX_BLOCKS);
  }

  OffHeapLedger(StackTable stacks, int maxBlocks) {
    this.stacks = stacks;
    this.maxBlocks = maxBlocks;
  }

  StackTable stacks() {
    return stacks;
  }

  /**
   * Goes through a block's life once, so that no class has to be loaded while a thread waits for
   * its memory.
   */
  public void rehearse() {
    ScopeOffHeap outer = open(null);
    ScopeOffHeap inner = open(outer);
    for (int address = 1; address < 4; address++) {
      allocated(inner, address, 1, 0);
    }
    DetachedBlock block = detach(1);
    if (block != null) {
      putBack(1, block);
    }
    outer.tally();
    freed(2);
    inner.close();
    outer.tally();
    outer.close();
  }

  /** The book of a scope that opens; {@code outer} is that of the scope around it. */
  public ScopeOffHeap open(@Nullable ScopeOffHeap outer) {
    return new ScopeOffHeap(this, outer);
  }

  /** Enters a block that the calling thread allocated in {@code scope}. */
  public void allocated(ScopeOffHeap scope, long address, long bytes, int kind) {
    Thread thread = Thread.currentThread();
    Throwable stack = scope.admitsStack(System.nanoTime()) ? new Throwable() : null;
    int stackNumber = stack == null ? OffHeapKey.NOT_SAMPLED : OffHeapKey.UNRESOLVED;
    enter(
        scope,
        address,
        bytes,
        new OffHeapKey(thread.getId(), thread.getName(), stackNumber, kind),
        stack);
  }

  private synchronized void enter(
      ScopeOffHeap innermost, long address, long bytes, OffHeapKey key, @Nullable Throwable stack) {
    ScopeOffHeap scope = innermost.innermostOpen();
    if (scope == null) {
      return;
    }
    freed(address); // whoever had this address freed it while nothing was followed
    boolean followed = blocks.size() < maxBlocks;
    OffHeapAccount account;
    if (!followed) {
      scope.noteUnfollowedUpwards();
      account = scope.account(key.withStack(OffHeapKey.NOT_FOLLOWED));
    } else if (stack == null || unresolved >= MAX_UNRESOLVED) {
      account = scope.account(key.withStack(OffHeapKey.NOT_SAMPLED));
    } else {
      account = new OffHeapAccount(scope, key, stack);
      unresolved++;
    }
    account.allocatedObjects++;
    account.allocatedBytes += bytes;
    scope.queue(account);
    if (followed) {
      account.blocks++;
      blocks.add(address, bytes, account);
    }
  }

  /**
   * Enters a block that native code took from the C library, as it is read of a profiler some time
   * later. The block may lie where one of the JDK's does, which comes from there as well.
   *
   * @param bytes how many bytes the block stands for
   */
  public synchronized void taken(
      ScopeOffHeap innermost,
      long address,
      long bytes,
      long threadId,
      String threadName,
      int stack) {
    ScopeOffHeap scope = innermost.innermostOpen();
    if (scope == null) {
      return;
    }
    givenBack(address);
    OffHeapAccount account =
        scope.account(new OffHeapKey(threadId, threadName, stack, ScopeOffHeap.MALLOC));
    account.allocatedObjects++;
    account.allocatedBytes += bytes;
    scope.queue(account);
    if (sampledBlocks.size() < maxBlocks) {
      account.blocks++;
      sampledBlocks.add(address, bytes, account);
    } else {
      scope.noteUnfollowedUpwards();
    }
  }

  /** Forgets sampled blocks while no open scope accounts for any: their end will not be known. */
  public synchronized void forgetSampled() {
    orphans = Math.max(0, orphans - sampledBlocks.size());
    sampledBlocks = new BlockTable();
  }

  /** What the sampled blocks that native code holds stand for, but for long ended scopes'. */
  public synchronized long sampledBytes() {
    return sampledBlocks.heldBytes();
  }

  /** Takes out a block that native code has freed, if it is known. */
  public synchronized void givenBack(long address) {
    remove(sampledBlocks, address);
  }

  /** Takes out a block, if it is known. Allocates nothing. */
  public synchronized void freed(long address) {
    remove(blocks, address);
  }

  private void remove(BlockTable table, long address) {
    int slot = table.find(address);
    OffHeapAccount account = slot < 0 ? null : table.account(slot);
    if (account != null) {
      long bytes = table.bytes(slot);
      table.remove(slot);
      release(account.present(), bytes);
    }
  }

  /**
   * Takes out a block that may yet stay as it is.
   *
   * @return null if it is not known
   */
  public synchronized @Nullable DetachedBlock detach(long address) {
    int slot = blocks.find(address);
    OffHeapAccount account = slot < 0 ? null : blocks.account(slot);
    if (account == null) {
      return null;
    }
    DetachedBlock block = new DetachedBlock(account, blocks.bytes(slot));
    blocks.remove(slot);
    return block;
  }

  /** Puts a block back. */
  public synchronized void putBack(long address, DetachedBlock block) {
    OffHeapAccount present = block.account().present();
    if (present.scope == null) {
      release(present, block.bytes());
    } else {
      blocks.add(address, block.bytes(), present);
    }
  }

  /** A detached block is freed. */
  public synchronized void freed(DetachedBlock block) {
    release(block.account().present(), block.bytes());
  }

  /** Blocks followed now. */
  public synchronized int size() {
    return blocks.size();
  }

  /** Estimate of the memory the ledger takes, without the scopes' sums. */
  public synchronized long memoryBytes() {
    long slots = (long) blocks.slots() + sampledBlocks.slots();
    long followed = (long) blocks.size() + sampledBlocks.size();
    return slots * SLOT_BYTES + followed * ACCOUNT_BYTES + unresolved * STACK_BYTES;
  }

  private void release(OffHeapAccount account, long bytes) {
    account.blocks--;
    ScopeOffHeap scope = account.scope;
    if (scope == null) {
      orphans = Math.max(0, orphans - 1); // a detached one may have been swept over
    } else {
      account.freedObjects++;
      account.freedBytes += bytes;
      scope.queue(account);
    }
  }

  /** An account's stack is known, or will never be. Caller holds the lock. */
  void resolved() {
    unresolved--;
  }

  /** An account's scope and all around it are closed. Caller holds the lock. */
  void orphan(OffHeapAccount account) {
    account.scope = null;
    account.unresolved = null;
    orphans += account.blocks;
    account.paid();
  }

  /** Caller holds the lock. */
  void sweep() {
    int followed = blocks.size() + sampledBlocks.size();
    boolean all = orphans == followed;
    boolean most = orphans >= MIN_SWEEP && orphans * 2 >= followed;
    if (orphans > 0 && (all || most)) {
      blocks.removeOrphans();
      sampledBlocks.removeOrphans();
      orphans = 0;
    }
  }
}
