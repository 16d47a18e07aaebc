package dev.heaplight.viewer.model;

import java.util.Arrays;

/**
 * Objects and bytes by stack, allocated class and thread, summed over a recording's time slices.
 *
 * <p>Layout: parallel arrays in order of first appearance, and an open-addressing table of row
 * numbers for finding a row while the totals grow. A row costs 28 bytes and 8 to 16 of table, where
 * a boxed map would take 150: a million distinct stacks must fit into an ordinary heap.
 */
public final class AllocationTotals {
  private static final int FREE = 0;

  private int[] stacks = new int[1024];
  private int[] classNames = new int[1024];
  private int[] threads = new int[1024];
  private long[] objects = new long[1024];
  private long[] bytes = new long[1024];
  private int[] table = new int[4096];
  private int rows;
  private long totalObjects;
  private long totalBytes;

  AllocationTotals() {}

  /** The same rows and figures. */
  AllocationTotals copy() {
    AllocationTotals copy = new AllocationTotals();
    copy.stacks = stacks.clone();
    copy.classNames = classNames.clone();
    copy.threads = threads.clone();
    copy.objects = objects.clone();
    copy.bytes = bytes.clone();
    copy.table = table.clone();
    copy.rows = rows;
    copy.totalObjects = totalObjects;
    copy.totalBytes = totalBytes;
    return copy;
  }

  void add(int stack, int className, int thread, long moreObjects, long moreBytes) {
    int row = row(stack, className, thread);
    objects[row] += moreObjects;
    bytes[row] += moreBytes;
    totalObjects += moreObjects;
    totalBytes += moreBytes;
  }

  /** Adds one row of {@code other}, which must refer to the same dictionary. */
  void addRow(AllocationTotals other, int row) {
    add(
        other.stack(row),
        other.className(row),
        other.thread(row),
        other.objects(row),
        other.bytes(row));
  }

  /**
   * What is left of each row without what {@code other} has of it; what is not more, is nothing.
   */
  AllocationTotals minus(AllocationTotals other) {
    AllocationTotals rest = new AllocationTotals();
    for (int row = 0; row < rows; row++) {
      int same = other.find(stacks[row], classNames[row], threads[row]);
      long lessBytes = same < 0 ? 0 : other.bytes[same];
      long lessObjects = same < 0 ? 0 : other.objects[same];
      if (bytes[row] > lessBytes) {
        rest.add(
            stacks[row],
            classNames[row],
            threads[row],
            Math.max(0, objects[row] - lessObjects),
            bytes[row] - lessBytes);
      }
    }
    return rest;
  }

  /** The same figures without threads: one row for each stack and class, its thread number 0. */
  AllocationTotals acrossThreads() {
    AllocationTotals all = new AllocationTotals();
    for (int row = 0; row < rows; row++) {
      all.add(stacks[row], classNames[row], 0, objects[row], bytes[row]);
    }
    return all;
  }

  /** Number of rows; rows are numbered from 0 in order of first appearance. */
  public int rows() {
    return rows;
  }

  /** Stack number of a row. */
  public int stack(int row) {
    return stacks[row];
  }

  /** String number of the class a row allocated. */
  public int className(int row) {
    return classNames[row];
  }

  /** Thread number of a row. */
  public int thread(int row) {
    return threads[row];
  }

  /** Objects of a row. */
  public long objects(int row) {
    return objects[row];
  }

  /** Bytes of a row. */
  public long bytes(int row) {
    return bytes[row];
  }

  /** Objects of all rows. */
  public long totalObjects() {
    return totalObjects;
  }

  /** Bytes of all rows. */
  public long totalBytes() {
    return totalBytes;
  }

  private int row(int stack, int className, int thread) {
    int slot = slot(stack, className, thread);
    if (table[slot] != FREE) {
      return table[slot] - 1;
    }
    table[slot] = rows + 1;
    append(stack, className, thread);
    return rows - 1;
  }

  /** The row of these three, or -1. */
  int find(int stack, int className, int thread) {
    return table[slot(stack, className, thread)] - 1;
  }

  /** The slot that holds the row of these three, or the free one where it belongs. */
  private int slot(int stack, int className, int thread) {
    int mask = table.length - 1;
    int spread = spread(className, thread);
    int slot = (stack + spread) & mask;
    int step = step(stack, spread);
    while (table[slot] != FREE) {
      int row = table[slot] - 1;
      if (stacks[row] == stack && classNames[row] == className && threads[row] == thread) {
        return slot;
      }
      slot = (slot + step) & mask;
    }
    return slot;
  }

  private void append(int stack, int className, int thread) {
    if (rows == stacks.length) {
      int capacity = rows * 2;
      stacks = Arrays.copyOf(stacks, capacity);
      classNames = Arrays.copyOf(classNames, capacity);
      threads = Arrays.copyOf(threads, capacity);
      objects = Arrays.copyOf(objects, capacity);
      bytes = Arrays.copyOf(bytes, capacity);
    }
    stacks[rows] = stack;
    classNames[rows] = className;
    threads[rows] = thread;
    rows++;
    if (rows * 2 > table.length) {
      rehash();
    }
  }

  private void rehash() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int row = 0; row < rows; row++) {
      int spread = spread(classNames[row], threads[row]);
      int slot = (stacks[row] + spread) & mask;
      int step = step(stacks[row], spread);
      while (table[slot] != FREE) {
        slot = (slot + step) & mask;
      }
      table[slot] = row + 1;
    }
  }

  /**
   * Where the rows of a class and thread begin. Stacks that follow one another, as they do when
   * they are new, have slots that do: with a million of them, what memory is touched decides the
   * time.
   */
  private static int spread(int className, int thread) {
    int h = (className * 31 + thread) * 0x9E3779B9;
    return h ^ (h >>> 15);
  }

  /** Odd, so that it comes to every slot; at random, so that rows in line do not get in the way. */
  private static int step(int stack, int spread) {
    int h = (stack ^ spread) * 0x85EBCA6B;
    return (h ^ (h >>> 13)) | 1;
  }
}
