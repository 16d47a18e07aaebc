package dev.heaplight.hook;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers instance sizes by class, for sites that allocate instances of many classes.
 *
 * <p>A direct-mapped table: a class that lost its slot to another is asked for again. Entries are
 * immutable and hold the class weakly; a lost write costs one more question.
 */
final class InstanceSizes {
  private static final int SLOTS = 4096;
  private static final @Nullable Entry[] TABLE = new Entry[SLOTS];

  private InstanceSizes() {}

  private static final class Entry extends WeakReference<Class<?>> {
    private final long bytes;

    Entry(Class<?> type, long bytes) {
      super(type);
      this.bytes = bytes;
    }
  }

  /** Makes instances of a class count as counted elsewhere, for a training of the hooks. */
  static void countElsewhere(Class<?> type) {
    TABLE[System.identityHashCode(type) & (SLOTS - 1)] = new Entry(type, 0);
  }

  /** Bytes of an instance of {@code instance}'s class; 0 if instances are counted elsewhere. */
  static long of(Object instance) {
    Class<?> type = instance.getClass();
    int slot = System.identityHashCode(type) & (SLOTS - 1);
    Entry entry = TABLE[slot];
    if (entry != null && entry.get() == type) {
      return entry.bytes;
    }
    // A lambda's instances are counted where it is captured: one class and a better line there.
    boolean lambda = type.isHidden() && type.getName().contains("$$Lambda");
    long bytes =
        lambda
            ? 0
            : AllocationHook.instanceBytes(ThreadTable.current(), instance, EngineLink.ANY_SITE);
    if (lambda || bytes != 0) { // 0 is also what a failure gives
      TABLE[slot] = new Entry(type, bytes);
    }
    return bytes;
  }
}
