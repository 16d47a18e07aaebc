package dev.heaplight.engine.offheap;

import org.jspecify.annotations.Nullable;

/**
 * What one thread allocated of one kind at one stack, and what of that was freed, since it was last
 * paid out. Guarded by the {@link OffHeapLedger}.
 *
 * <p>A sampled block starts with an account of its own, whose stack is not resolved yet. Once it
 * is, that account forwards to the one of its stack; when a scope closes, its accounts forward to
 * those of the scope around it. Blocks keep pointing to where they started.
 */
final class OffHeapAccount {
  final OffHeapKey key;

  /** Whose account it is; null once that scope and all around it are closed. */
  @Nullable ScopeOffHeap scope;

  /** The stack until it is resolved. */
  @Nullable Throwable unresolved;

  /** Next account of the scope that waits for its stack or has something to pay out. */
  @Nullable OffHeapAccount next;

  boolean queued;
  long allocatedObjects;
  long allocatedBytes;
  long freedObjects;
  long freedBytes;

  /** Blocks in the table that are accounted for here. */
  int blocks;

  private @Nullable OffHeapAccount forward;

  OffHeapAccount(ScopeOffHeap scope, OffHeapKey key, @Nullable Throwable unresolved) {
    this.scope = scope;
    this.key = key;
    this.unresolved = unresolved;
  }

  /** The account that stands for this one now. */
  OffHeapAccount present() {
    OffHeapAccount account = this;
    while (account.forward != null) {
      account = account.forward;
    }
    if (account != this) {
      forward = account; // the next look-up is short, and what lay between can go
    }
    return account;
  }

  /** Moves all it holds to {@code other}, which stands for it from now on. */
  void forwardTo(OffHeapAccount other) {
    other.allocatedObjects += allocatedObjects;
    other.allocatedBytes += allocatedBytes;
    other.freedObjects += freedObjects;
    other.freedBytes += freedBytes;
    other.blocks += blocks;
    paid();
    blocks = 0;
    forward = other;
    scope = null;
    unresolved = null;
  }

  boolean owes() {
    return allocatedObjects != 0 || freedObjects != 0;
  }

  void paid() {
    allocatedObjects = 0;
    allocatedBytes = 0;
    freedObjects = 0;
    freedBytes = 0;
  }
}
