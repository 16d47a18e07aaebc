package dev.heaplight.hook;

import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Allocation counters of one thread.
 *
 * <p>Layout: counters lie in pages of {@link #PAGE_SITES} sites, two longs a site. The first is the
 * number of allocations; the second is the size of one instance where the site always allocates the
 * same class, and the sum of bytes where sizes vary. Pages come into being at a site's first
 * allocation, since a thread visits few of a program's sites.
 *
 * <p>Concurrency: only the owner writes counters. The engine reads them from other threads without
 * a lock; counters only grow, so a stale value is made good at the next reading. The engine swaps
 * {@link #pages} in the owner's thread only.
 *
 * <p>Virtual threads: one that works for a scope somebody else opened has no pages but adds to
 * {@link SharedPages}, and is forgotten as it ends. The others are not in the {@link ThreadTable}
 * at all.
 */
public final class ThreadCounters {
  /** Sites of a page. */
  public static final int PAGE_SITES = 256;

  /** Shift from a site's number to its page's. */
  public static final int PAGE_SHIFT = 8;

  /** What {@link #countObject} returns where the size of a site's objects is not known yet. */
  static final long UNKNOWN_SIZE = -1;

  static final int SITE_MASK = PAGE_SITES - 1;

  /** A countdown that another thread has put here, and what it never gets to otherwise. */
  private static final long HURRIED = Long.MIN_VALUE / 2;

  private static final long HURRIED_BELOW = Long.MIN_VALUE / 4;

  /** Values of {@link #active}: not counted now, in pages of its own, in shared ones. */
  static final int OFF = 0;

  static final int OWN_PAGES = 1;
  static final int SHARED_PAGES = 2;

  static final long[][] NO_PAGES = new long[0][];
  private final @Nullable Thread owner;

  /** Where {@link ThreadTable} begins to search for this thread. */
  final int home;

  /** Whether and where allocations are counted now: in a scope and not in agent code. */
  int active;

  /** Bytes until the next sampled stack; below zero means sample now. */
  long countdownBytes;

  /** What {@link #countdownBytes} was when its consumption was last taken. */
  private long countdownFromBytes;

  private long countdownIntervalBytes;

  /** Whether the countdown ends in a look at the scope's limits instead of a sample. */
  private boolean countsDownToLook;

  /** Whether the thread is about to allocate memory for a direct buffer. */
  boolean direct;

  /** Counters of the present scope, indexed by site number over {@link #PAGE_SITES}. */
  long[][] pages = NO_PAGES;

  /** Bytes that pages took; the JVM counts them as the thread's. */
  private long pageBytes;

  /** Whether the engine is taking a stack of this thread and wants the JVM's own form of it. */
  private boolean takingStack;

  private @Nullable Object backtrace;

  /** Takes the place of {@link #pages} while counters are shared with other threads. */
  @Nullable SharedPages shared;

  /** The scope the thread works for, as work it hands over remembers it. */
  @Nullable WorkScope present;

  /** The scope that started the thread, until the engine has seen it. */
  private @Nullable WorkScope inherited;

  /** Handed-over tasks that this thread runs now, one inside another. */
  int depth;

  /** {@link #depth} of the innermost task that changed the scope; 0 if none did. */
  int changedDepth;

  /** The last call of all threads to the engine that this one followed; owner thread only. */
  int era;

  /** Changes of the counters' place, so that the hook sees when the engine made one. */
  int switches;

  /** The engine's own record of this thread; never touched here. */
  private @Nullable Object attachment;

  ThreadCounters(@Nullable Thread owner) {
    this.owner = owner;
    this.home = owner == null ? 0 : ThreadTable.slotOf(owner);
  }

  /** The thread these counters belong to; null only for the ones of no thread. */
  public @Nullable Thread owner() {
    return owner;
  }

  /** What the engine attached. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Attaches the engine's own record of this thread; owner thread only. */
  public void attach(@Nullable Object record) {
    attachment = record;
  }

  /** Bytes the hook has taken in this thread so far: pages, and what remembers handed-over work. */
  public long pageBytes() {
    return pageBytes;
  }

  /** From now on the next stack trace the JVM fills in is kept; owner thread only. */
  public void beginStack() {
    takingStack = true;
  }

  /**
   * The stack trace filled in since {@link #beginStack}, in the JVM's own compact form: arrays that
   * are equal for equal stacks. Null if it was not seen. Owner thread only.
   */
  public @Nullable Object endStack() {
    Object taken = backtrace;
    takingStack = false;
    backtrace = null;
    return taken;
  }

  void offerBacktrace(Object filledIn) {
    if (takingStack) {
      backtrace = filledIn;
    }
  }

  void addHookBytes(long bytes) {
    pageBytes += bytes;
  }

  /** Whether the owner is a virtual thread. */
  public boolean virtual() {
    Thread thread = owner;
    return thread != null && ThreadTable.isVirtual(thread);
  }

  /** The open scope that started this thread, if any; for the engine when it first sees it. */
  public @Nullable WorkScope inherited() {
    WorkScope scope = inherited;
    return scope == null ? null : scope.open();
  }

  /** Says which scope started the thread, while the engine takes it over. */
  void setInherited(@Nullable WorkScope scope) {
    inherited = scope;
  }

  /** Whether allocations are counted now. */
  public boolean active() {
    return active != OFF;
  }

  /** Starts or stops counting; owner thread only. */
  public void setActive(boolean counting) {
    active = !counting ? OFF : shared == null ? OWN_PAGES : SHARED_PAGES;
  }

  /** Sets the scope that work the thread hands over belongs to; owner thread only. */
  public void setPresent(@Nullable WorkScope scope) {
    present = scope;
  }

  /** Handed-over tasks that the thread runs now, one inside another. */
  public int depth() {
    return depth;
  }

  /** {@link #depth} of the innermost task that changed the thread's scope; owner thread only. */
  public int changedDepth() {
    return changedDepth;
  }

  /** Sets the depth at which {@link HandOver#leave} will ask the engine; owner thread only. */
  public void setChangedDepth(int newDepth) {
    changedDepth = newDepth;
  }

  /** Sets the bytes until the next sampled stack; owner thread only. */
  public void setCountdownBytes(long bytes) {
    countdownBytes = bytes;
    countdownFromBytes = bytes;
    countsDownToLook = false;
  }

  /** Says by which mean distance the present countdown was drawn; owner thread only. */
  public void setCountdownIntervalBytes(long intervalBytes) {
    countdownIntervalBytes = intervalBytes;
  }

  /** The mean distance by which the present countdown was drawn. */
  public long countdownIntervalBytes() {
    return countdownIntervalBytes;
  }

  /** Says that the present countdown ends in a look at the scope's limits; owner thread only. */
  public void setCountsDownToLook(boolean toLook) {
    countsDownToLook = toLook;
  }

  /** Whether the present countdown ends in a look at the scope's limits. */
  public boolean countsDownToLook() {
    return countsDownToLook || countdownBytes < HURRIED_BELOW;
  }

  /** Bytes of the present allocation that lie behind a look; 0 if that is not known. */
  public long bytesPastLook() {
    long countdown = countdownBytes;
    return countdown < HURRIED_BELOW ? 0 : -countdown;
  }

  /** Bytes counted since the countdown was set or this was last called; owner thread only. */
  public long takeConsumedBytes() {
    long countdown = countdownBytes;
    long consumed = countdown < HURRIED_BELOW ? 0 : countdownFromBytes - countdown;
    countdownFromBytes = countdown;
    return consumed;
  }

  /**
   * Has the owner come to the engine at its next allocation. Any thread; may get lost against an
   * allocation that is being counted, so it is to be repeated until it shows effect. What was
   * consumed until then is not known any more.
   */
  public void hurry() {
    countdownBytes = HURRIED;
  }

  /** Bytes until the next sampled stack. */
  public long countdownBytes() {
    return countdownBytes;
  }

  /** Counters of the present scope, as {@link ThreadCounters} lays them out. */
  public long[][] pages() {
    return pages;
  }

  /** Puts other counters in place when the thread changes its scope; owner thread only. */
  public void setPages(long[][] newPages) {
    pages = newPages;
    shared = null;
    switches++;
  }

  /** Puts counters in place that are shared with other threads; owner thread only. */
  public void setSharedPages(SharedPages newPages) {
    shared = newPages;
    pages = NO_PAGES;
    switches++;
  }

  /**
   * Corrects the size of one instance at a site that always allocates the same class; owner thread
   * only.
   */
  public void setInstanceBytes(int site, long bytes) {
    long[] page = anyPage(site);
    if (page != null) {
      page[((site & SITE_MASK) << 1) + 1] = bytes;
    }
  }

  /** The first of a site's counters where the thread counts now: its objects. */
  public long count(int site) {
    long[] page = anyPage(site);
    return page == null ? 0 : page[(site & SITE_MASK) << 1];
  }

  /** The second of a site's counters: the size of one object, or the sum where sizes vary. */
  public long second(int site) {
    long[] page = anyPage(site);
    return page == null ? 0 : page[((site & SITE_MASK) << 1) + 1];
  }

  /** The page of {@code site} wherever the thread counts, made if needed; null if it cannot be. */
  long @Nullable [] anyPage(int site) {
    SharedPages sharedPages = shared;
    return sharedPages == null ? page(site) : sharedPages.page(site);
  }

  /**
   * Counts an object at a site of one class.
   *
   * @return its size if a sample is due, {@link #UNKNOWN_SIZE} if the site's first object must be
   *     measured, else 0
   */
  long countObject(int site) {
    long[] page = anyPage(site);
    if (page == null) {
      return 0;
    }
    int at = (site & SITE_MASK) << 1;
    add(page, at, 1);
    long size = page[at + 1];
    if (size == 0) {
      return UNKNOWN_SIZE;
    }
    countdownBytes -= size;
    return countdownBytes < 0 ? size : 0;
  }

  /** Counts what varies in size; returns whether a sample is due. */
  boolean countBytes(int site, long size) {
    long[] page = anyPage(site);
    if (page == null) {
      return false;
    }
    int at = (site & SITE_MASK) << 1;
    add(page, at, 1);
    long before = add(page, at + 1, size);
    countdownBytes -= size;
    return countdownBytes < 0 || before == 0;
  }

  /** Adds to a counter in a page of {@link #anyPage}; returns what it was. */
  long add(long[] page, int at, long more) {
    if (shared != null) {
      return SharedPages.add(page, at, more);
    }
    long before = page[at];
    page[at] = before + more;
    return before;
  }

  /** The page of {@code site}, made if needed. */
  @ForceInline
  long[] page(int site) {
    long[][] present = pages;
    int index = site >>> PAGE_SHIFT;
    if (index < present.length) {
      long[] page = present[index];
      if (page != null) {
        return page;
      }
    }
    return newPage(index);
  }

  private long[] newPage(int index) {
    long[][] present = pages;
    if (index >= present.length) {
      // Not Arrays.copyOf: it is woven itself and would come back here.
      long[][] larger = new long[Math.max(index + 1, present.length * 2)][];
      System.arraycopy(present, 0, larger, 0, present.length);
      pageBytes += ObjectLayout.referenceArray(larger.length);
      present = larger;
    }
    long[] page = new long[PAGE_SITES * 2];
    pageBytes += ObjectLayout.longArray(page.length);
    present[index] = page;
    pages = present;
    return page;
  }
}
