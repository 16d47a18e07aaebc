package dev.heaplight.hook;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counters that many threads add to, for virtual threads: pages of their own would take each of
 * them four kilobytes and more.
 *
 * <p>Pages are laid out as {@link ThreadCounters} says. Concurrency: counters are added to
 * atomically and a page is put in place once, so nothing here blocks, wherever a virtual thread may
 * be when it allocates. Sites are found in two steps, since an array of all pages could not grow
 * without a lock.
 */
public final class SharedPages {
  private static final int SEGMENT_SHIFT = 6;
  private static final int SEGMENT_PAGES = 1 << SEGMENT_SHIFT;
  private static final int SEGMENTS = 256;
  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<long @Nullable []>> segments =
      new AtomicReferenceArray<>(SEGMENTS);

  /** The page of {@code site}, made if needed; null for a site past the last that fits. */
  long @Nullable [] page(int site) {
    int index = site >>> ThreadCounters.PAGE_SHIFT;
    int segmentIndex = index >>> SEGMENT_SHIFT;
    if (segmentIndex >= SEGMENTS) {
      return null;
    }
    AtomicReferenceArray<long @Nullable []> segment = segments.get(segmentIndex);
    if (segment == null) {
      segments.compareAndSet(segmentIndex, null, new AtomicReferenceArray<>(SEGMENT_PAGES));
      segment = segments.get(segmentIndex);
    }
    if (segment == null) {
      return null; // cannot be: segments are never taken out
    }
    int slot = index & (SEGMENT_PAGES - 1);
    long[] page = segment.get(slot);
    if (page == null) {
      segment.compareAndSet(slot, null, new long[ThreadCounters.PAGE_SITES * 2]);
      page = segment.get(slot);
    }
    return page;
  }

  /** All pages by number, null where there is none; the pages go on changing. Any thread. */
  public long[][] pages() {
    int used = 0;
    for (int i = 0; i < SEGMENTS; i++) {
      if (segments.get(i) != null) {
        used = i + 1;
      }
    }
    long[][] pages = new long[used << SEGMENT_SHIFT][];
    for (int i = 0; i < used; i++) {
      AtomicReferenceArray<long @Nullable []> segment = segments.get(i);
      for (int slot = 0; segment != null && slot < SEGMENT_PAGES; slot++) {
        long[] page = segment.get(slot);
        if (page != null) {
          pages[(i << SEGMENT_SHIFT) + slot] = page;
        }
      }
    }
    return pages;
  }

  /** Adds to a counter and returns what it was before. */
  static long add(long[] page, int at, long more) {
    return (long) COUNTER.getAndAdd(page, at, more);
  }
}
