package dev.heaplight.engine;

import dev.heaplight.engine.offheap.DetachedBlock;
import dev.heaplight.engine.offheap.OffHeapLedger;
import dev.heaplight.engine.record.JvmCounts;
import dev.heaplight.engine.record.ThreadRecord;
import dev.heaplight.engine.record.ThreadScope;
import dev.heaplight.hook.OffHeapLink;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import org.jspecify.annotations.Nullable;

/**
 * The engine as the off-heap hook sees it. What entering a block allocates on the heap is accounted
 * for as the agent's own.
 */
final class OffHeapReceiver extends OffHeapLink {
  private final OffHeapLedger ledger;
  private final JvmCounts jvm;

  OffHeapReceiver(OffHeapLedger ledger, JvmCounts jvm) {
    this.ledger = ledger;
    this.jvm = jvm;
  }

  @Override
  public void allocated(ThreadCounters counters, long address, long bytes, int kind) {
    ThreadScope share = shareOf(counters);
    if (share != null) {
      long before = jvm.allocatedByCurrentThread();
      ledger.allocated(share.scope().offHeap(), address, bytes, kind);
      share.addAgentBytes(jvm.allocatedByCurrentThread() - before);
    }
  }

  @Override
  public void freed(long address) {
    ledger.freed(address);
  }

  @Override
  public @Nullable Object reallocating(long address) {
    long before = jvm.allocatedByCurrentThread();
    DetachedBlock block = ledger.detach(address);
    ThreadScope share = block == null ? null : shareOf(ThreadTable.ofCurrentThread());
    if (share != null) {
      share.addAgentBytes(jvm.allocatedByCurrentThread() - before);
    }
    return block;
  }

  @Override
  public void kept(long address, Object block) {
    ledger.putBack(address, (DetachedBlock) block);
  }

  @Override
  public void replaced(Object block) {
    ledger.freed((DetachedBlock) block);
  }

  private static @Nullable ThreadScope shareOf(ThreadCounters counters) {
    return counters.attachment() instanceof ThreadRecord thread ? thread.current() : null;
  }
}
