package dev.heaplight.engine.offheap;

import dev.heaplight.engine.sample.StackTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One scope's off-heap memory. What an inner scope allocates and frees counts in the scopes around
 * it as well; what it leaves behind becomes theirs when it closes.
 *
 * <p>Concurrency: thread-safe. {@link #tally} runs once at a time, under this object's lock, since
 * it resolves stacks outside of the ledger's; everything else is guarded by the ledger.
 */
public final class ScopeOffHeap {
  /** Stacks are taken of so many blocks a second, at 2-3 us each; the others have their kind. */
  static final int MAX_STACKS_PER_SECOND = 2_000;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String[] KINDS = {"native", "direct", "mapped", "malloc"};

  /** Kind of blocks that native code takes from the C library. */
  static final int MALLOC = 3;

  private final OffHeapLedger ledger;
  private final @Nullable ScopeOffHeap outer;
  private final Map<OffHeapKey, OffHeapAccount> accounts = new HashMap<>();
  private final Set<ScopeOffHeap> inner = new HashSet<>();
  private Map<OffHeapKey, long[]> due = new HashMap<>();
  private @Nullable OffHeapAccount queue;
  private boolean unfollowed;
  private boolean closed;
  private volatile long secondStartNanos;
  private volatile int stacksThisSecond;

  /** Receives what was allocated and freed since the last time. */
  public interface Receiver {
    /** Adds to what a thread allocated of a kind at a stack of the {@link StackTable}. */
    void offHeap(
        int stack,
        String kind,
        long threadId,
        String threadName,
        long allocatedObjects,
        long allocatedBytes,
        long freedObjects,
        long freedBytes);

    /** Something every report should say of these figures. */
    void note(String text);
  }

  ScopeOffHeap(OffHeapLedger ledger, @Nullable ScopeOffHeap outer) {
    this.ledger = ledger;
    this.outer = outer;
    this.secondStartNanos = System.nanoTime();
    if (outer != null) {
      synchronized (ledger) {
        outer.inner.add(this);
      }
    }
  }

  /** Whether another stack may be taken. Lost updates are a few stacks more. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  boolean admitsStack(long nowNanos) {
    if (nowNanos - secondStartNanos >= SECOND_NANOS) {
      secondStartNanos = nowNanos;
      stacksThisSecond = 0;
    }
    return stacksThisSecond++ < MAX_STACKS_PER_SECOND;
  }

  /** Brings what happened since the last call into this scope's figures and those around it. */
  public synchronized void tally() {
    List<ScopeOffHeap> open;
    OffHeapAccount first;
    synchronized (ledger) {
      open = inner.isEmpty() ? List.of() : new ArrayList<>(inner);
      first = queue;
      queue = null;
    }
    open.forEach(ScopeOffHeap::tally); // or their figures would miss the end of this scope
    for (OffHeapAccount account = first; account != null; ) {
      Throwable stack = account.unresolved;
      int number =
          stack == null ? OffHeapKey.UNRESOLVED : ledger.stacks().number(stack.getStackTrace());
      synchronized (ledger) {
        OffHeapAccount next = account.next;
        account.next = null;
        account.queued = false;
        settle(account, number);
        account = next;
      }
    }
  }

  /** Hands out the figures since the last call. */
  public void write(Receiver receiver) {
    Map<OffHeapKey, long[]> taken;
    boolean noteDue;
    synchronized (ledger) {
      noteDue = unfollowed;
      unfollowed = false;
      taken = due;
      if (!taken.isEmpty()) {
        due = new HashMap<>();
      }
    }
    taken.forEach(
        (key, sums) ->
            receiver.offHeap(
                stackOf(key),
                KINDS[key.kind()],
                key.threadId(),
                key.threadName(),
                sums[0],
                sums[1],
                sums[2],
                sums[3]));
    if (noteDue) {
      receiver.note(
          "off-heap blocks not followed, whether they were freed is not known: followed at most="
              + OffHeapLedger.MAX_BLOCKS);
    }
  }

  /** Closes the book: what is not freed yet becomes the outer scope's, or is forgotten. */
  public void close() {
    synchronized (ledger) {
      closed = true;
      if (outer != null) {
        outer.inner.remove(this);
      }
      for (OffHeapAccount account : accounts.values()) {
        handOver(account);
      }
      accounts.clear();
      for (OffHeapAccount account = queue; account != null; ) {
        OffHeapAccount next = account.next;
        account.next = null;
        account.queued = false;
        if (account.unresolved != null) {
          handOver(account);
        }
        account = next;
      }
      queue = null;
      ledger.sweep();
    }
  }

  /** This scope, or the next around it that is open. Caller holds the ledger's lock. */
  @Nullable ScopeOffHeap innermostOpen() {
    ScopeOffHeap scope = this;
    while (scope != null && scope.closed) {
      scope = scope.outer;
    }
    return scope;
  }

  /** The account of a key. Caller holds the ledger's lock. */
  OffHeapAccount account(OffHeapKey key) {
    OffHeapAccount known = accounts.get(key);
    if (known == null) {
      known = new OffHeapAccount(this, key, null);
      accounts.put(key, known);
    }
    return known;
  }

  /** Remembers that an account has something for the next tally. Caller holds the ledger's lock. */
  void queue(OffHeapAccount account) {
    if (!account.queued) {
      account.queued = true;
      account.next = queue;
      queue = account;
    }
  }

  /** Caller holds the ledger's lock. */
  void noteUnfollowedUpwards() {
    for (ScopeOffHeap scope = this; scope != null; scope = scope.outer) {
      scope.unfollowed = true;
    }
  }

  private void settle(OffHeapAccount account, int resolvedStack) {
    OffHeapAccount payer = account;
    if (closed) {
      if (account.unresolved != null) {
        handOver(account);
      }
      return;
    }
    if (account.unresolved != null) {
      payer = account(account.key.withStack(resolvedStack));
      account.forwardTo(payer);
      ledger.resolved();
    }
    if (payer.scope != this) {
      return; // forwarded or closed since it was queued
    }
    if (payer.owes()) {
      pay(payer);
    }
    if (payer.blocks == 0 && !payer.queued) {
      accounts.remove(payer.key);
    }
  }

  private void pay(OffHeapAccount account) {
    for (ScopeOffHeap scope = this; scope != null; scope = scope.outer) {
      if (!scope.closed) {
        long[] sums = scope.due.get(account.key);
        if (sums == null) {
          sums = new long[4];
          scope.due.put(account.key, sums);
        }
        sums[0] += account.allocatedObjects;
        sums[1] += account.allocatedBytes;
        sums[2] += account.freedObjects;
        sums[3] += account.freedBytes;
      }
    }
    account.paid();
  }

  private void handOver(OffHeapAccount account) {
    ScopeOffHeap heir = innermostOpen();
    boolean unresolved = account.unresolved != null;
    if (heir == null) {
      ledger.orphan(account);
      if (unresolved) {
        ledger.resolved();
      }
    } else if (unresolved) {
      account.scope = heir;
      heir.queue(account);
    } else {
      OffHeapAccount theirs = heir.account(account.key);
      account.forwardTo(theirs);
      heir.queue(theirs);
    }
  }

  private int stackOf(OffHeapKey key) {
    StackTable stacks = ledger.stacks();
    return switch (key.stack()) {
      case OffHeapKey.NOT_SAMPLED -> stacks.number(frameAlone("[stack not sampled]"));
      case OffHeapKey.NOT_FOLLOWED -> stacks.number(frameAlone("[not followed]"));
      default -> key.stack();
    };
  }

  private static StackTraceElement[] frameAlone(String name) {
    return new StackTraceElement[] {new StackTraceElement("[off-heap]", name, null, 0)};
  }
}
