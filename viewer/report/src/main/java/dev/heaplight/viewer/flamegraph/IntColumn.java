package dev.heaplight.viewer.flamegraph;

import java.util.Arrays;

/** A list of numbers that does not box them. */
final class IntColumn {
  private int[] values = new int[256];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
