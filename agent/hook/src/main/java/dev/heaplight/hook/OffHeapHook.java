package dev.heaplight.hook;

import org.jspecify.annotations.Nullable;

/**
 * Called by woven methods of the JDK as they allocate and free memory outside of the heap.
 *
 * <p>Order: a block is entered after the native call that allocates it and taken out before the one
 * that frees it. Between the two no other thread can be given the same address, so that an address
 * stands for one block at any time.
 *
 * <p>Threads: any. Blocks are entered for threads that work in a scope; they are freed by whichever
 * thread does so, for direct buffers mostly the JVM's own for references.
 */
public final class OffHeapHook {
  /** Memory of {@code Unsafe.allocateMemory} and what is built on it. */
  public static final int NATIVE = 0;

  /** Memory behind a direct buffer. */
  public static final int DIRECT = 1;

  /** A file mapped into memory. */
  public static final int MAPPED = 2;

  /** Volatile, as threads that free may never have been in a scope: they must see it at once. */
  private static volatile boolean tracking;

  private static volatile @Nullable OffHeapLink engine;

  private OffHeapHook() {}

  /** Connects the engine, before any scope; null when it leaves the JVM. */
  public static void connect(@Nullable OffHeapLink link) {
    engine = link;
  }

  /** Starts or stops following blocks. */
  public static void track(boolean on) {
    tracking = on;
  }

  /** Before a direct buffer allocates its memory: the calling thread's next block is its. */
  public static void direct() {
    if (tracking) {
      ThreadCounters counters = ThreadTable.current();
      if (counters.active != ThreadCounters.OFF) {
        counters.direct = true;
      }
    }
  }

  /**
   * After the native allocation of {@code bytes}.
   *
   * @param address the new block, or 0 if there was no memory for it
   * @return {@code address}
   */
  public static long allocated(long bytes, long address) {
    if (tracking) {
      ThreadCounters counters = ThreadTable.current();
      boolean direct = counters.direct;
      counters.direct = false;
      enter(counters, address, bytes, direct ? DIRECT : NATIVE);
    }
    return address;
  }

  /** After a file was mapped. */
  public static void mapped(long address, long bytes) {
    if (tracking) {
      enter(ThreadTable.current(), address, bytes, MAPPED);
    }
  }

  /** Before a block is freed, or a file unmapped. */
  public static void freed(long address) {
    OffHeapLink link = engine;
    if (!tracking || address == 0 || link == null) {
      return;
    }
    ThreadCounters counters = ThreadTable.current();
    int active = suspend(counters);
    CarrierPin.pin();
    try {
      link.freed(address);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      CarrierPin.unpin();
      resume(counters, active);
    }
  }

  /** Before the native reallocation of a block; returns a token for {@link #reallocated}. */
  public static @Nullable Object reallocating(long address) {
    OffHeapLink link = engine;
    if (!tracking || link == null) {
      return null;
    }
    ThreadCounters counters = ThreadTable.current();
    int active = suspend(counters);
    CarrierPin.pin();
    try {
      return link.reallocating(address);
    } catch (Throwable t) {
      AllocationHook.failed(t);
      return null;
    } finally {
      CarrierPin.unpin();
      resume(counters, active);
    }
  }

  /**
   * After the native reallocation of a block.
   *
   * @param address where the block is now, or 0 if there was no memory and it stayed as it was
   * @param before where the block was
   * @param bytes its new size
   * @param token what {@link #reallocating} returned
   * @return {@code address}
   */
  public static long reallocated(long address, long before, long bytes, @Nullable Object token) {
    if (!tracking) {
      return address;
    }
    ThreadCounters counters = ThreadTable.current();
    OffHeapLink link = engine;
    if (token != null && link != null) {
      int active = suspend(counters);
      CarrierPin.pin();
      try {
        if (address == 0) {
          link.kept(before, token);
        } else {
          link.replaced(token);
        }
      } catch (Throwable t) {
        AllocationHook.failed(t);
      } finally {
        CarrierPin.unpin();
        resume(counters, active);
      }
    }
    enter(counters, address, bytes, NATIVE);
    return address;
  }

  private static void enter(ThreadCounters counters, long address, long bytes, int kind) {
    OffHeapLink link = engine;
    int active = counters.active;
    if (active == ThreadCounters.OFF || address == 0 || link == null) {
      return;
    }
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      link.allocated(counters, address, bytes, kind);
    } catch (Throwable t) {
      AllocationHook.failed(t);
    } finally {
      CarrierPin.unpin();
      counters.active = active;
    }
  }

  /** Leaves the counters of no thread alone: all threads without their own share them. */
  private static int suspend(ThreadCounters counters) {
    int active = counters.active;
    if (active != ThreadCounters.OFF) {
      counters.active = ThreadCounters.OFF;
    }
    return active;
  }

  private static void resume(ThreadCounters counters, int active) {
    if (active != ThreadCounters.OFF) {
      counters.active = active;
    }
  }
}
