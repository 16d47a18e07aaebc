package dev.heaplight.viewer.tree;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import java.util.Arrays;

/**
 * All stacks of a view as one tree: outermost frames below the root, allocated classes as leaves.
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

  private int[] parents = new int[1024];
  private int[] labels = new int[1024];
  private long[] selfBytes = new long[1024];
  private int[] table = new int[4096];
  private int size;
  private long[] bytes = new long[1024];
  private long[] objects = new long[1024];

  private CallTree() {
    labels[ROOT] = ROOT_LABEL;
    size = 1;
  }

  /** Builds the tree of {@code view} with {@code labels}. */
  public static CallTree of(MetricView view, TreeLabels labels) {
    CallTree tree = new CallTree();
    AllocationTotals totals = view.totals();
    int[] nodeOfStack = tree.addStacks(view.model().dictionary(), totals, labels);
    for (int row = 0; row < totals.rows(); row++) {
      int leaf =
          tree.child(nodeOfStack[totals.stack(row)], labels.allocatedClass(totals.className(row)));
      tree.selfBytes[leaf] += totals.bytes(row);
      tree.objects[leaf] += totals.objects(row);
    }
    tree.sumUp();
    return tree;
  }

  private int[] addStacks(Dictionary dictionary, AllocationTotals totals, TreeLabels names) {
    boolean[] used = new boolean[dictionary.stackCount()];
    for (int row = 0; row < totals.rows(); row++) {
      for (int stack = totals.stack(row); !used[stack]; stack = dictionary.parent(stack)) {
        used[stack] = true;
        if (stack == Dictionary.EMPTY_STACK) {
          break;
        }
      }
    }
    int[] nodeOfStack = new int[used.length];
    for (int stack = 1; stack < used.length; stack++) {
      if (used[stack]) {
        nodeOfStack[stack] =
            child(nodeOfStack[dictionary.parent(stack)], names.frame(dictionary.frameOf(stack)));
      }
    }
    if (emptyStackAllocates(totals)) {
      nodeOfStack[Dictionary.EMPTY_STACK] = child(ROOT, names.unknownStack());
    }
    return nodeOfStack;
  }

  private static boolean emptyStackAllocates(AllocationTotals totals) {
    for (int row = 0; row < totals.rows(); row++) {
      if (totals.stack(row) == Dictionary.EMPTY_STACK) {
        return true;
      }
    }
    return false;
  }

  private void sumUp() {
    System.arraycopy(selfBytes, 0, bytes, 0, size);
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

  private int child(int parent, int label) {
    int mask = table.length - 1;
    int slot = hash(parent, label) & mask;
    while (table[slot] != UNSEEN) {
      int node = table[slot];
      if (parents[node] == parent && labels[node] == label) {
        return node;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = size;
    append(parent, label);
    return size - 1;
  }

  private void append(int parent, int label) {
    if (size == parents.length) {
      int capacity = size * 2;
      parents = Arrays.copyOf(parents, capacity);
      labels = Arrays.copyOf(labels, capacity);
      selfBytes = Arrays.copyOf(selfBytes, capacity);
      bytes = Arrays.copyOf(bytes, capacity);
      objects = Arrays.copyOf(objects, capacity);
    }
    parents[size] = parent;
    labels[size] = label;
    size++;
    if (size * 2 > table.length) {
      rehash();
    }
  }

  private void rehash() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int node = 1; node < size; node++) {
      int slot = hash(parents[node], labels[node]) & mask;
      while (table[slot] != UNSEEN) {
        slot = (slot + 1) & mask;
      }
      table[slot] = node;
    }
  }

  private static int hash(int parent, int label) {
    int h = (parent * 31 + label) * 0x9E3779B9;
    return h ^ (h >>> 15);
  }
}
