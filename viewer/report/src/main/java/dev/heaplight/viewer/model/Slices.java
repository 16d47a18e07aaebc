package dev.heaplight.viewer.model;

import java.util.Arrays;

/**
 * Objects and bytes by stack, class and thread, slice of time by slice of time.
 *
 * <p>Layout: parallel arrays of entries in the order they come in, which cost 28 bytes each, and
 * the entry at which each slice begins. Long recordings are held with coarser slices: when there
 * are too many, neighbours become one, so that memory stays within twice {@link #MAX_ENTRIES} or,
 * of larger totals, a few times theirs.
 */
public final class Slices {
  /** Slices above which two become one; a plot has fewer points to choose between. */
  static final int MAX_SLICES = 512;

  /** Entries above which two slices become one. */
  static final int MAX_ENTRIES = 2_000_000;

  private int[] stacks = new int[256];
  private int[] classNames = new int[256];
  private int[] threads = new int[256];
  private long[] objects = new long[256];
  private long[] bytes = new long[256];
  private final long[] starts = new long[MAX_SLICES + 1];
  private final int[] firstEntries = new int[MAX_SLICES + 1];
  private int entries;
  private int entriesAllowed = MAX_ENTRIES;
  private int count;

  Slices() {}

  /** Begins a slice; blocks of one slice may follow one another. */
  void begin(long startMillis) {
    if (count > 0 && starts[count - 1] == startMillis) {
      return;
    }
    if (count == MAX_SLICES || (count > 1 && entries > entriesAllowed)) {
      joinNeighbours();
    }
    starts[count] = startMillis;
    firstEntries[count++] = entries;
  }

  void add(int stack, int className, int thread, long moreObjects, long moreBytes) {
    if (count == 0) {
      begin(0);
    }
    if (entries == stacks.length) {
      int capacity = entries * 2;
      stacks = Arrays.copyOf(stacks, capacity);
      classNames = Arrays.copyOf(classNames, capacity);
      threads = Arrays.copyOf(threads, capacity);
      objects = Arrays.copyOf(objects, capacity);
      bytes = Arrays.copyOf(bytes, capacity);
    }
    stacks[entries] = stack;
    classNames[entries] = className;
    threads[entries] = thread;
    objects[entries] = moreObjects;
    bytes[entries++] = moreBytes;
  }

  /** Slices 0 and 1 become one, 2 and 3, and so on; entries of the same row are added up. */
  private void joinNeighbours() {
    int before = count;
    int end = entries;
    int[] ends = new int[before];
    for (int slice = 0; slice < before; slice++) {
      ends[slice] = slice + 1 < before ? firstEntries[slice + 1] : end;
    }
    entries = 0;
    count = 0;
    for (int slice = 0; slice < before; slice += 2) {
      AllocationTotals joined = new AllocationTotals();
      int last = Math.min(slice + 1, before - 1);
      for (int entry = firstEntries[slice]; entry < ends[last]; entry++) {
        joined.add(stacks[entry], classNames[entry], threads[entry], objects[entry], bytes[entry]);
      }
      starts[count] = starts[slice];
      firstEntries[count++] = entries;
      for (int row = 0; row < joined.rows(); row++) {
        add(
            joined.stack(row),
            joined.className(row),
            joined.thread(row),
            joined.objects(row),
            joined.bytes(row));
      }
    }
    // What hardly shrinks would be joined again and again.
    entriesAllowed = Math.max(MAX_ENTRIES, entries * 2);
  }

  /** Number of slices. */
  public int count() {
    return count;
  }

  /** Milliseconds from the scope's open to a slice's begin. */
  public long startMillis(int slice) {
    return starts[slice];
  }

  /** First entry of a slice. */
  public int firstEntry(int slice) {
    return firstEntries[slice];
  }

  /** The entry behind a slice's last one. */
  public int endEntry(int slice) {
    return slice + 1 < count ? firstEntries[slice + 1] : entries;
  }

  /** Stack number of an entry. */
  public int stack(int entry) {
    return stacks[entry];
  }

  /** String number of the class, or kind of memory, of an entry. */
  public int className(int entry) {
    return classNames[entry];
  }

  /** Thread number of an entry. */
  public int thread(int entry) {
    return threads[entry];
  }

  /** Objects of an entry. */
  public long objects(int entry) {
    return objects[entry];
  }

  /** Bytes of an entry. */
  public long bytes(int entry) {
    return bytes[entry];
  }
}
