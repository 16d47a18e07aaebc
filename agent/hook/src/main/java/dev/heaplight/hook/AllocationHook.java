package dev.heaplight.hook;

import java.lang.reflect.Array;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * Called by woven code after each allocation, with the new object and the number of the site.
 *
 * <p>Inlining: the entry methods are one static load and a branch while no scope is open, and the
 * JVM is told to inline them always. They hold what almost every allocation needs, and one call for
 * all the rest: code is woven into each place that allocates, and its size is what it costs most.
 * Both outcomes of that branch are trained before the application starts, or the first scope would
 * throw away all compiled code. What counts is inlined always as well: code that was compiled while
 * no scope was open holds that way for rare, and would call it from then on, which halves the speed
 * of a scope that is opened when the program is warm.
 *
 * <p>Removable objects: where the JIT compiler sees the allocation itself it may do without it, if
 * only nobody is given the object. There the hooks give nobody the object; see {@link
 * CompilerView}.
 *
 * <p>Safety: nothing in here calls a JDK method that allocates, because that would be woven and
 * come back. The engine is called with the thread's counting suspended, and whatever it throws
 * stays here.
 */
public final class AllocationHook {
  /**
   * Whether any scope is open. Plain on purpose: a thread that sees the change late is a thread
   * that has no scope yet, since a scope is entered by its own thread.
   */
  static boolean enabled;

  private static volatile @Nullable EngineLink engine;

  private AllocationHook() {}

  /** Connects the engine, before any scope; null when it leaves the JVM, with all hooks off. */
  public static void connect(@Nullable EngineLink link) {
    engine = link;
  }

  /** Switches all hooks on or off; one thread at a time. */
  public static void enable(boolean on) {
    if (on && !enabled) {
      HandOver.begin();
    }
    enabled = on;
  }

  /**
   * After {@code new} and constructor: the site always allocates the same class.
   *
   * <p>Hot path: some 35 instructions in a scope, 3-5 ns.
   */
  @ForceInline
  public static void object(Object allocated, int site) {
    if (!enabled) {
      return;
    }
    Thread thread = Thread.currentThread();
    ThreadCounters counters = ThreadTable.recent(thread);
    if (counters.owner() == thread) {
      if (counters.active == ThreadCounters.OFF) {
        return;
      }
      long[][] pages = counters.pages;
      int index = site >>> ThreadCounters.PAGE_SHIFT;
      if (index < pages.length) {
        long[] page = pages[index];
        if (page != null) {
          int at = (site & ThreadCounters.SITE_MASK) << 1;
          long size = page[at + 1];
          long left = counters.countdownBytes - size;
          if (((size - 1) | left) >= 0) { // size known, and no sample due
            page[at]++;
            counters.countdownBytes = left;
            return;
          }
        }
      }
    }
    countObject(CompilerView.unlessRemovable(allocated), site);
  }

  /** After {@code new byte[n]}. */
  @ForceInline
  public static void array(byte[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.byteArray(allocated.length));
    }
  }

  /** After {@code new boolean[n]}. */
  @ForceInline
  public static void array(boolean[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.byteArray(allocated.length));
    }
  }

  /** After {@code new char[n]}. */
  @ForceInline
  public static void array(char[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.shortArray(allocated.length));
    }
  }

  /** After {@code new short[n]}. */
  @ForceInline
  public static void array(short[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.shortArray(allocated.length));
    }
  }

  /** After {@code new int[n]}. */
  @ForceInline
  public static void array(int[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.intArray(allocated.length));
    }
  }

  /** After {@code new float[n]}. */
  @ForceInline
  public static void array(float[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.intArray(allocated.length));
    }
  }

  /** After {@code new long[n]}. */
  @ForceInline
  public static void array(long[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.longArray(allocated.length));
    }
  }

  /** After {@code new double[n]}. */
  @ForceInline
  public static void array(double[] allocated, int site) {
    if (enabled) {
      add(CompilerView.unlessRemovable(allocated), site, ObjectLayout.longArray(allocated.length));
    }
  }

  /** After {@code new T[n]} of a reference type. */
  @ForceInline
  public static void array(Object[] allocated, int site) {
    if (enabled) {
      add(
          CompilerView.unlessRemovable(allocated),
          site,
          ObjectLayout.referenceArray(allocated.length));
    }
  }

  /** After a call that allocates one object or array of any class: clone, reflection. */
  @ForceInline
  public static void any(@Nullable Object allocated, int site) {
    if (enabled && allocated != null) {
      countAny(allocated, site);
    }
  }

  /** After {@code new T[n][m]}, or a reflective call that makes such an array. */
  @ForceInline
  public static void nested(Object allocated, int site) {
    if (enabled) {
      countNested(allocated, site);
    }
  }

  /** After the JVM filled in a throwable's stack trace, with the arrays it made for that. */
  @ForceInline
  public static void backtrace(@Nullable Object allocated, int site) {
    if (enabled && allocated != null) {
      countBacktrace(allocated, site);
    }
  }

  /** In place of {@code Array.newInstance} where the array is counted by the caller's caller. */
  public static Object uncountedArray(Class<?> componentType, int length) {
    ThreadCounters counters = ThreadTable.current();
    int active = counters.active;
    if (active == ThreadCounters.OFF) {
      return Array.newInstance(componentType, length);
    }
    counters.active = ThreadCounters.OFF;
    try {
      return Array.newInstance(componentType, length);
    } finally {
      counters.active = active;
    }
  }

  /** Before a hidden class is defined: other weaving does not see it. Returns what to define. */
  public static byte[] hiddenClass(byte[] classFile) {
    EngineLink link = engine;
    if (link == null) {
      return classFile;
    }
    CarrierPin.pin();
    try {
      return link.weaveHidden(classFile);
    } catch (Throwable t) {
      failed(t);
      return classFile;
    } finally {
      CarrierPin.unpin();
    }
  }

  /** The same for arrays, and whatever else varies in size. */
  @ForceInline
  private static void add(@Nullable Object allocated, int site, long size) {
    Thread thread = Thread.currentThread();
    ThreadCounters counters = ThreadTable.recent(thread);
    if (counters.owner() == thread) {
      if (counters.active == ThreadCounters.OFF) {
        return;
      }
      long[][] pages = counters.pages;
      int index = site >>> ThreadCounters.PAGE_SHIFT;
      if (index < pages.length) {
        long[] page = pages[index];
        if (page != null) {
          int at = (site & ThreadCounters.SITE_MASK) << 1;
          long before = page[at + 1];
          long left = counters.countdownBytes - size;
          if (((before - 1) | left) >= 0) { // not the site's first, and no sample due
            page[at]++;
            page[at + 1] = before + size;
            counters.countdownBytes = left;
            return;
          }
        }
      }
    }
    count(allocated, site, size);
  }

  /**
   * All the cases that {@link #object} leaves. This, {@link #count} and {@link #find} have few
   * variables on purpose, and nothing else lies between woven code and the engine's search for an
   * object that was not passed on: it pays by frames and their variables.
   */
  @DontInline
  private static void countObject(@Nullable Object allocated, int site) {
    ThreadCounters counters = ThreadTable.current();
    EngineLink link = engine;
    if (counters.active != ThreadCounters.OFF) {
      long size = counters.countObject(site);
      if (size != 0 && link != null) {
        Object found = allocated == null ? find(link, counters) : allocated;
        sampleObject(link, counters, found, site, size);
      }
    }
  }

  /** All the cases that {@link #add} leaves. */
  @DontInline
  private static void count(@Nullable Object allocated, int site, long size) {
    ThreadCounters counters = ThreadTable.current();
    EngineLink link = engine;
    if (counters.active != ThreadCounters.OFF && counters.countBytes(site, size) && link != null) {
      sample(link, counters, allocated == null ? find(link, counters) : allocated, site, size);
    }
  }

  /** Has the engine look for an object that was not passed on; null if that fails. */
  @DontInline
  private static @Nullable Object find(EngineLink link, ThreadCounters counters) {
    int active = counters.active;
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      return link.find(counters);
    } catch (Throwable t) {
      failed(t);
      return null;
    } finally {
      CarrierPin.unpin();
      counters.active = active;
    }
  }

  private static void sampleObject(
      EngineLink link, ThreadCounters counters, @Nullable Object found, int site, long size) {
    long bytes = size;
    if (bytes == ThreadCounters.UNKNOWN_SIZE) {
      bytes = instanceBytes(counters, found, site);
      counters.setInstanceBytes(site, bytes); // where pages are shared, each that comes first does
      counters.countdownBytes -= bytes;
    }
    if (bytes != 0) {
      sample(link, counters, found, site, bytes);
    }
  }

  private static void countAny(Object allocated, int site) {
    if (ThreadTable.current().active == ThreadCounters.OFF) {
      return;
    }
    if (!allocated.getClass().isArray()) {
      long size = InstanceSizes.of(allocated);
      if (size != 0) {
        add(allocated, site, size);
      }
    } else if (allocated instanceof byte[] bytes) {
      add(allocated, site, ObjectLayout.byteArray(bytes.length));
    } else if (allocated instanceof Object[] references) {
      add(allocated, site, ObjectLayout.referenceArray(references.length));
    } else {
      add(allocated, site, ObjectLayout.primitiveArray(allocated));
    }
  }

  private static void countNested(Object allocated, int site) {
    ThreadCounters counters = ThreadTable.current();
    if (counters.active != ThreadCounters.OFF) {
      addObjects(counters, site, ObjectLayout.nestedCount(allocated) - 1);
      add(allocated, site, ObjectLayout.nestedBytes(allocated));
    }
  }

  private static void countBacktrace(Object allocated, int site) {
    ThreadCounters counters = ThreadTable.current();
    if (counters.active != ThreadCounters.OFF) {
      addObjects(counters, site, ObjectLayout.treeCount(allocated) - 1);
      add(allocated, site, ObjectLayout.treeBytes(allocated));
    } else {
      counters.offerBacktrace(allocated);
    }
  }

  /** Adds objects whose bytes are counted with another one's. */
  private static void addObjects(ThreadCounters counters, int site, long more) {
    long[] page = counters.anyPage(site);
    if (page != null) {
      counters.add(page, (site & ThreadCounters.SITE_MASK) << 1, more);
    }
  }

  private static void sample(
      EngineLink link, ThreadCounters counters, @Nullable Object found, int site, long size) {
    Error limitExceeded = null;
    int active = counters.active;
    int switches = counters.switches;
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      limitExceeded = link.sample(counters, found, site, size);
    } catch (Throwable t) {
      failed(t);
    } finally {
      CarrierPin.unpin();
      if (counters.switches == switches) {
        counters.active = active; // else the engine has left a closed scope and seen to it
      }
    }
    if (limitExceeded != null) {
      throw limitExceeded;
    }
  }

  static long instanceBytes(ThreadCounters counters, @Nullable Object instance, int site) {
    EngineLink link = engine;
    if (link == null) {
      return 0;
    }
    int active = counters.active;
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      return link.instanceBytes(instance, site);
    } catch (Throwable t) {
      failed(t);
      return 0;
    } finally {
      CarrierPin.unpin();
      counters.active = active;
    }
  }

  /**
   * Runs what only compiled code comes to, or only with objects that training cannot make, so that
   * no code is compiled as if it never happened.
   *
   * @param countedElsewhere of a class that nothing else has instances of
   */
  public static void rehearse(Object countedElsewhere, int site) {
    countObject(null, site);
    count(null, site, Long.BYTES);
    InstanceSizes.countElsewhere(countedElsewhere.getClass());
    any(countedElsewhere, site);
    Object unused = uncountedArray(int.class, 0);
  }

  static @Nullable EngineLink engine() {
    return engine;
  }

  /** Has the engine place the calling thread; false if that is not possible now. */
  static boolean threadSeen(ThreadCounters counters) {
    EngineLink link = engine;
    if (link == null) {
      return true;
    }
    int active = counters.active;
    int switches = counters.switches;
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      return link.threadSeen(counters);
    } catch (Throwable t) {
      failed(t);
      return true;
    } finally {
      CarrierPin.unpin();
      if (counters.switches == switches) {
        counters.active = active; // else the engine has placed the thread and seen to it
      }
    }
  }

  /** At the start of {@code Thread.exit}: the thread's last counts are taken. */
  public static void threadEnding() {
    ThreadCounters counters = ThreadTable.current();
    EngineLink link = engine;
    if (counters.owner() == null || link == null || !enabled) {
      return;
    }
    counters.active = ThreadCounters.OFF;
    CarrierPin.pin();
    try {
      link.threadEnding(counters);
    } catch (Throwable t) {
      failed(t);
    } finally {
      CarrierPin.unpin();
    }
    // Its counters stay in the table, inactive, until it is gone: what it still does must not make
    // it a new thread.
    counters.setPages(ThreadCounters.NO_PAGES);
  }

  static void failed(Throwable failure) {
    EngineLink link = engine;
    if (link != null) {
      try {
        link.failed(failure);
      } catch (Throwable again) {
        // Reporting failed as well, most likely for want of memory or stack: nothing is left to do.
        return;
      }
    }
  }
}
