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
    int[] spare = new int[size];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      if (sortDigit(keys, shift, nodes, spare)) {
        int[] sorted = spare;
        spare = nodes;
        nodes = sorted;
      }
    }
    return nodes;
  }

  /** One pass of a radix sort; false when all digits are the same and nothing moved. */
  private static boolean sortDigit(long[] keys, int shift, int[] from, int[] to) {
    int[] starts = new int[DIGITS + 1];
    for (long key : keys) {
      starts[digit(key, shift) + 1]++;
    }
    if (starts[digit(keys[0], shift) + 1] == keys.length) {
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
