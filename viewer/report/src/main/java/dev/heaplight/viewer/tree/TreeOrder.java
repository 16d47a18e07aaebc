package dev.heaplight.viewer.tree;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Puts the nodes of a tree into an order. Linear in the number of nodes. */
public final class TreeOrder {
  private static final int NONE = -1;
  private static final int DIGIT_BITS = 16;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private TreeOrder() {}

  /**
   * Nodes with the smallest key first; of equal keys, the smaller node number first.
   *
   * @param key key of a node, compared as an unsigned number
   */
  public static int[] ascending(CallTree tree, IntToLongFunction key) {
    int size = tree.size();
    long[] keys = new long[size];
    int[] nodes = new int[size];
    for (int node = 0; node < size; node++) {
      keys[node] = key.applyAsLong(node);
      nodes[node] = node;
    }
    return sorted(keys, nodes);
  }

  /** Some nodes, given in order of their numbers, in order of their keys. */
  private static int[] sorted(long[] keys, int[] nodes) {
    int[] spare = new int[nodes.length];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      if (sortDigit(keys, shift, nodes, spare)) {
        int[] sorted = spare;
        spare = nodes;
        nodes = sorted;
      }
    }
    return nodes;
  }

  /**
   * The nodes that come first in {@link #ascending} order, in that order; all of them when there
   * are fewer. Sorts only what it returns.
   *
   * @param key key of a node, compared as an unsigned number
   */
  public static int[] first(CallTree tree, IntToLongFunction key, int count) {
    int size = tree.size();
    if (count >= size) {
      return ascending(tree, key);
    }
    long[] keys = new long[size];
    for (int node = 0; node < size; node++) {
      keys[node] = key.applyAsLong(node);
    }
    long last = smallest(keys, count);
    int equals = count;
    for (long value : keys) {
      equals -= Long.compareUnsigned(value, last) < 0 ? 1 : 0;
    }
    int[] nodes = new int[count];
    int found = 0;
    for (int node = 0; found < count; node++) {
      int order = Long.compareUnsigned(keys[node], last);
      if (order < 0 || (order == 0 && equals-- > 0)) {
        nodes[found++] = node;
      }
    }
    return sorted(keys, nodes);
  }

  /** The key that {@code count} keys are not larger than; digit by digit from the highest. */
  private static long smallest(long[] keys, int count) {
    long prefix = 0;
    long known = 0;
    int rank = count;
    for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
      int[] counts = new int[DIGITS];
      for (long key : keys) {
        if ((key & known) == prefix) {
          counts[digit(key, shift)]++;
        }
      }
      int digit = 0;
      while (counts[digit] < rank) {
        rank -= counts[digit++];
      }
      prefix |= (long) digit << shift;
      known |= (DIGITS - 1L) << shift;
    }
    return prefix;
  }

  /** One pass of a radix sort; false when all digits are the same and nothing moved. */
  private static boolean sortDigit(long[] keys, int shift, int[] from, int[] to) {
    int[] starts = new int[DIGITS + 1];
    for (int node : from) {
      starts[digit(keys[node], shift) + 1]++;
    }
    if (from.length == 0 || starts[digit(keys[from[0]], shift) + 1] == from.length) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      starts[i + 1] += starts[i];
    }
    for (int node : from) {
      to[starts[digit(keys[node], shift)]++] = node;
    }
    return true;
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & (DIGITS - 1);
  }

  /**
   * Nodes with parents before their children and each subtree in one piece; siblings stay in the
   * order they have in {@code siblings}.
   *
   * @param siblings nodes to put in order, the root among them; a node whose parent is not is left
   *     out
   */
  public static int[] preorder(CallTree tree, int[] siblings) {
    int[] firstChild = new int[tree.size()];
    int[] nextSibling = new int[tree.size()];
    Arrays.fill(firstChild, NONE);
    Arrays.fill(nextSibling, NONE);
    for (int i = siblings.length - 1; i >= 0; i--) {
      int node = siblings[i];
      if (node != CallTree.ROOT) {
        nextSibling[node] = firstChild[tree.parent(node)];
        firstChild[tree.parent(node)] = node;
      }
    }
    int[] order = new int[siblings.length];
    int count = 0;
    int node = CallTree.ROOT;
    while (node != NONE) {
      order[count++] = node;
      int next = firstChild[node];
      while (next == NONE && node != CallTree.ROOT) {
        next = nextSibling[node];
        node = tree.parent(node);
      }
      node = next;
    }
    return count == order.length ? order : Arrays.copyOf(order, count);
  }
}
