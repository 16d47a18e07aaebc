package dev.heaplight.viewer.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Bytes and objects of two sides by stack and class, in parallel arrays. */
final class PairTable {
  static final int BASE = 0;
  static final int NEW = 1;
  private static final int SIDES = 2;

  private final Map<Long, Integer> rowOf = new HashMap<>();
  private int[] stacks = new int[256];
  private int[] classNames = new int[256];

  /** Both sides of a row lie side by side. */
  private long[] bytes = new long[256 * SIDES];

  private long[] objects = new long[256 * SIDES];
  private int rows;

  void add(int side, int stack, int className, long moreBytes, long moreObjects) {
    int row =
        rowOf.computeIfAbsent((long) stack << 32 | className, key -> append(stack, className));
    bytes[row * SIDES + side] += moreBytes;
    objects[row * SIDES + side] += moreObjects;
  }

  private int append(int stack, int className) {
    if (rows == stacks.length) {
      int capacity = rows * 2;
      stacks = Arrays.copyOf(stacks, capacity);
      classNames = Arrays.copyOf(classNames, capacity);
      bytes = Arrays.copyOf(bytes, capacity * SIDES);
      objects = Arrays.copyOf(objects, capacity * SIDES);
    }
    stacks[rows] = stack;
    classNames[rows] = className;
    return rows++;
  }

  void scaleBase(double factor) {
    for (int at = BASE; at < rows * SIDES; at += SIDES) {
      bytes[at] = scaled(bytes[at], factor);
      objects[at] = scaled(objects[at], factor);
    }
  }

  /** A factor of 1 keeps all digits, which a double would not. */
  static long scaled(long figure, double factor) {
    return factor == 1 ? figure : Math.round(figure * factor);
  }

  int rows() {
    return rows;
  }

  Change row(int row) {
    int at = row * SIDES;
    return new Change(
        stacks[row],
        classNames[row],
        bytes[at + BASE],
        objects[at + BASE],
        bytes[at + NEW],
        objects[at + NEW]);
  }
}
