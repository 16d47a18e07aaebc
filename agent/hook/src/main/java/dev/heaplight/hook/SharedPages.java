package dev.heaplight.hook;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
  private static final int PAGE_LONGS = ThreadCounters.PAGE_SITES * 2;
  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(long[][][].class);

  // Plain arrays: a class of the JDK would allocate its array in woven code and come back here.
  private final long[][][] segments = new long[SEGMENTS][][];

  /** Links what this class calls, for linking allocates; before anything is counted. */
  static void prepare() {
    long[] page = new SharedPages().page(0);
    if (page != null) {
      long unused = add(page, 0, 1);
    }
  }

  /** The page of {@code site}, made if needed; null for a site past the last that fits. */
  long @Nullable [] page(int site) {
    int index = site >>> ThreadCounters.PAGE_SHIFT;
    int segmentIndex = index >>> SEGMENT_SHIFT;
    if (segmentIndex >= SEGMENTS) {
      return null;
    }
    long[][] segment = segments[segmentIndex];
    if (segment == null) {
      boolean unused =
          SEGMENT.compareAndSet(segments, segmentIndex, null, new long[SEGMENT_PAGES][]);
      segment = segments[segmentIndex];
    }
    int slot = index & (SEGMENT_PAGES - 1);
    long[] page = segment[slot];
    if (page == null) {
      boolean unused = PAGE.compareAndSet(segment, slot, null, new long[PAGE_LONGS]);
      page = segment[slot];
    }
    return page;
  }

  /** All pages by number, null where there is none; the pages go on changing. Any thread. */
  public long[][] pages() {
    int used = SEGMENTS;
    while (used > 0 && segments[used - 1] == null) {
      used--;
    }
    long[][] pages = new long[used << SEGMENT_SHIFT][];
    for (int i = 0; i < used; i++) {
      long[][] segment = segments[i];
      if (segment != null) {
        System.arraycopy(segment, 0, pages, i << SEGMENT_SHIFT, SEGMENT_PAGES);
      }
    }
    return pages;
  }

  /** Adds to a counter and returns what it was before. */
  static long add(long[] page, int at, long more) {
    return (long) COUNTER.getAndAdd(page, at, more);
  }
}
