package dev.heaplight.viewer.tree;

import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import java.util.Arrays;

/**
 * All stacks of a view as one tree. Outermost frames are below the root and allocated classes are
 * leaves; inverted, classes are below the root and outermost frames are leaves or nodes with
 * figures of their own.
 *
 * <p>Layout: parallel arrays by node number. Node 0 is the root; a node's number is larger than its
 * parent's, so one backward pass turns self figures into totals. Children are found through an
 * open-addressing table on (parent, label) while the tree is built.
 */
public final class CallTree {
  /** Number of the root node. */
  public static final int ROOT = 0;

  /** Label of the root, and of no other node. */
  public static final int ROOT_LABEL = -1;

  private static final int UNSEEN = 0;
  private static final int MIN_CAPACITY = 1024;
  private static final int MAX_EXPECTED = 1 << 28;

  private int[] parents;
  private int[] labels;
  private long[] selfBytes;
  private long[] selfObjects;
  private int[] table;
  private int tableSize;
  private int size;
  private long[] bytes = new long[0];
  private long[] objects = new long[0];

  private CallTree(int rows, int expectedNodes, boolean figures) {
    int capacity = Math.max(MIN_CAPACITY, expectedNodes);
    parents = new int[capacity];
    labels = new int[capacity];
    selfBytes = new long[figures ? capacity : 0];
    selfObjects = new long[selfBytes.length];
    table =
        new int[Integer.highestOneBit(Math.min(Math.max(MIN_CAPACITY, rows), MAX_EXPECTED)) * 4];
    labels[ROOT] = ROOT_LABEL;
    size = 1;
  }

  /** A tree that has its root only, and whose nodes have no figures. */
  static CallTree withoutFigures(int rows, MetricView view) {
    return new CallTree(rows, view.model().dictionary().stackCount(), false);
  }

  /** Builds the tree of {@code view}, in the view's shape, with {@code labels}. */
  public static CallTree of(MetricView view, TreeLabels labels) {
    AllocationTotals totals = view.totals();
    CallTree tree = new CallTree(totals.rows(), expectedNodes(totals.rows(), view), true);
    StackNodes stacks = StackNodes.of(view, tree, labels);
    for (int row = 0; row < totals.rows(); row++) {
      int leaf = stacks.leaf(row);
      tree.selfBytes[leaf] += totals.bytes(row);
      tree.selfObjects[leaf] += totals.objects(row);
    }
    tree.sumUp();
    return tree;
  }

  /** A node for each row and each stack that rows can need; growing to millions would cost more. */
  private static int expectedNodes(int rows, MetricView view) {
    int stacks = view.model().dictionary().stackCount();
    return (int) Math.min(rows + Math.min(stacks, 8L * rows), MAX_EXPECTED);
  }

  private void sumUp() {
    bytes = new long[size];
    objects = new long[size];
    System.arraycopy(selfBytes, 0, bytes, 0, size);
    System.arraycopy(selfObjects, 0, objects, 0, size);
    for (int node = size - 1; node > ROOT; node--) {
      bytes[parents[node]] += bytes[node];
      objects[parents[node]] += objects[node];
    }
  }

  /** Number of nodes, the root included. */
  public int size() {
    return size;
  }

  /** Parent of a node; the root's is the root. */
  public int parent(int node) {
    return parents[node];
  }

  /** Label of a node, {@link #ROOT_LABEL} for the root. */
  public int label(int node) {
    return labels[node];
  }

  /** Bytes at a node and below it. */
  public long bytes(int node) {
    return bytes[node];
  }

  /** Objects at a node and below it. */
  public long objects(int node) {
    return objects[node];
  }

  /** Bytes at a node itself. */
  public long selfBytes(int node) {
    return selfBytes[node];
  }

  /** Objects at a node itself. */
  public long selfObjects(int node) {
    return selfObjects[node];
  }

  /** The child of {@code parent} with that label, which is made when there is none. */
  int child(int parent, int label) {
    int mask = table.length - 1;
    int slot = (parent + spread(label)) & mask;
    int step = step(parent, label);
    while (table[slot] != UNSEEN) {
      int node = table[slot];
      if (parents[node] == parent && labels[node] == label) {
        return node;
      }
      slot = (slot + step) & mask;
    }
    append(parent, label);
    table[slot] = size - 1;
    if (++tableSize * 2 > table.length) {
      rehash();
    }
    return size - 1;
  }

  /** A child that the caller knows to be new, and that is not looked for again. */
  int newChild(int parent, int label) {
    append(parent, label);
    return size - 1;
  }

  private void append(int parent, int label) {
    if (size == parents.length) {
      int capacity = size * 2;
      parents = Arrays.copyOf(parents, capacity);
      labels = Arrays.copyOf(labels, capacity);
      if (selfBytes.length > 0) {
        selfBytes = Arrays.copyOf(selfBytes, capacity);
        selfObjects = Arrays.copyOf(selfObjects, capacity);
      }
    }
    parents[size] = parent;
    labels[size] = label;
    size++;
  }

  private void rehash() {
    int[] smaller = table;
    table = new int[smaller.length * 2];
    int mask = table.length - 1;
    for (int node : smaller) {
      if (node != UNSEEN) {
        int slot = (parents[node] + spread(labels[node])) & mask;
        int step = step(parents[node], labels[node]);
        while (table[slot] != UNSEEN) {
          slot = (slot + step) & mask;
        }
        table[slot] = node;
      }
    }
  }

  /** Parents in line with the same label have slots in line, which memory is fast at. */
  private static int spread(int label) {
    int h = label * 0x9E3779B9;
    return h ^ (h >>> 15);
  }

  /**
   * Odd, so that it comes to every slot; at random, so that nodes in line do not get in the way.
   */
  private static int step(int parent, int label) {
    int h = (parent * 31 + label) * 0x85EBCA6B;
    return (h ^ (h >>> 13)) | 1;
  }
}
