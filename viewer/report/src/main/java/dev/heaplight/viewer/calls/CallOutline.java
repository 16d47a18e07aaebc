package dev.heaplight.viewer.calls;

import dev.heaplight.viewer.flamegraph.FlameLabel;
import dev.heaplight.viewer.flamegraph.FlameLabel.Kind;
import dev.heaplight.viewer.flamegraph.FlameLabels;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.text.Figures;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.TreeOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A call tree as the lines of an outline: a caller before what it calls, the largest first. Row 0
 * is the root.
 *
 * <p>Nodes below a share of the whole can be left out. Where that happens the last row below their
 * parent stands for all of them, so that every sum stays exact.
 */
public final class CallOutline {
  private final List<FlameLabel> labels;
  private final int[] rowLabels;
  private final int[] parents;
  private final int[] ends;
  private final long[] bytes;
  private final long[] objects;
  private final int[] leftOutNodes;
  private final boolean[] onlyChildren;
  private final double minShare;
  private int size;

  private CallOutline(List<FlameLabel> labels, int capacity, double minShare) {
    this.labels = labels;
    this.minShare = minShare;
    rowLabels = new int[capacity];
    parents = new int[capacity];
    ends = new int[capacity];
    bytes = new long[capacity];
    objects = new long[capacity];
    leftOutNodes = new int[capacity];
    onlyChildren = new boolean[capacity];
  }

  /**
   * The outline of {@code view}, in the view's shape.
   *
   * @param minShare nodes with a smaller share of all bytes are left out; 0 leaves none out
   */
  public static CallOutline of(MetricView view, double minShare) {
    FlameLabels names = new FlameLabels(view.model().dictionary());
    CallTree tree = CallTree.of(view, names);
    int root = names.add(FlameLabel.marker(Kind.ROOT, view.metric().root()));
    double least = minShare * tree.bytes(CallTree.ROOT);
    // A parent is at least as large as its child, so what is kept is a tree in itself.
    int[] kept =
        Arrays.stream(TreeOrder.ascending(tree, node -> ~tree.bytes(node)))
            .filter(node -> node == CallTree.ROOT || tree.bytes(node) >= least)
            .toArray();
    LeftOut leftOut = new LeftOut(tree, kept);
    int capacity = kept.length + Math.min(kept.length, tree.size() - kept.length);
    CallOutline outline = new CallOutline(names.labels(), capacity, minShare);
    outline.fill(tree, TreeOrder.preorder(tree, kept), root, leftOut);
    return outline;
  }

  /** What was left out below each node that was kept. */
  private static final class LeftOut {
    private final int[] nodes;
    private final long[] bytes;
    private final long[] objects;

    LeftOut(CallTree tree, int[] kept) {
      int length = kept.length == tree.size() ? 0 : tree.size();
      nodes = new int[length];
      bytes = new long[length];
      objects = new long[length];
      boolean[] isKept = new boolean[length];
      for (int i = 0; i < kept.length && length > 0; i++) {
        isKept[kept[i]] = true;
      }
      for (int node = length - 1; node > CallTree.ROOT; node--) {
        if (!isKept[node]) {
          int parent = tree.parent(node);
          nodes[parent] += nodes[node] + 1;
          bytes[parent] += isKept[parent] ? tree.bytes(node) : 0;
          objects[parent] += isKept[parent] ? tree.objects(node) : 0;
        }
      }
    }

    int nodes(int node) {
      return nodes.length == 0 ? 0 : nodes[node];
    }
  }

  private void fill(CallTree tree, int[] preorder, int rootLabel, LeftOut leftOut) {
    int[] nodes = new int[64];
    int[] rows = new int[64];
    int open = 0;
    for (int node : preorder) {
      while (open > 0 && nodes[open - 1] != tree.parent(node)) {
        open--;
        end(nodes[open], rows[open], leftOut);
      }
      if (open == nodes.length) {
        nodes = Arrays.copyOf(nodes, open * 2);
        rows = Arrays.copyOf(rows, open * 2);
      }
      nodes[open] = node;
      int label = node == CallTree.ROOT ? rootLabel : tree.label(node);
      rows[open] = append(open == 0 ? 0 : rows[open - 1], label);
      bytes[rows[open]] = tree.bytes(node);
      objects[rows[open]] = tree.objects(node);
      open++;
    }
    while (open > 0) {
      open--;
      end(nodes[open], rows[open], leftOut);
    }
  }

  private void end(int node, int row, LeftOut leftOut) {
    if (leftOut.nodes(node) > 0) {
      int rest = append(row, CallTree.ROOT_LABEL);
      leftOutNodes[rest] = leftOut.nodes(node);
      bytes[rest] = leftOut.bytes[node];
      objects[rest] = leftOut.objects[node];
      ends[rest] = size;
    }
    ends[row] = size;
    if (row + 1 < size) {
      onlyChildren[row + 1] = ends[row + 1] == size;
    }
  }

  private int append(int parent, int label) {
    rowLabels[size] = label;
    parents[size] = parent;
    return size++;
  }

  /** Number of rows, the root included. */
  public int size() {
    return size;
  }

  /** Row above; the root's is the root. */
  public int parent(int row) {
    return parents[row];
  }

  /** The first row behind everything below {@code row}. */
  public int end(int row) {
    return ends[row];
  }

  /** Whether nothing is below a row. */
  public boolean isLeaf(int row) {
    return ends[row] == row + 1;
  }

  /** Whether a row is all that its parent has below it. */
  public boolean isOnlyChild(int row) {
    return onlyChildren[row];
  }

  /** Whether a row is the last below its parent. */
  public boolean isLastChild(int row) {
    return row != 0 && ends[row] == ends[parents[row]];
  }

  /**
   * What stands before a row's text: the lines that lead to it from above. What is the only thing
   * below its caller stands in the caller's column, so that a deep stack does not run off to the
   * right.
   */
  public String rails(int row) {
    StringBuilder rails = new StringBuilder();
    for (int at = row; at != 0; at = parents[at]) {
      if (!onlyChildren[at]) {
        boolean last = isLastChild(at);
        rails.insert(0, at == row ? (last ? "└─ " : "├─ ") : last ? "   " : "│  ");
      }
    }
    return rails.toString();
  }

  /** Bytes of a row and all below it. */
  public long bytes(int row) {
    return bytes[row];
  }

  /** Objects of a row and all below it. */
  public long objects(int row) {
    return objects[row];
  }

  /** Share of all bytes, 0 to 1. */
  public double share(int row) {
    return bytes[0] == 0 ? 0 : (double) bytes[row] / bytes[0];
  }

  /** Number of nodes that a row stands for because they were left out; 0 for an ordinary row. */
  public int leftOutNodes(int row) {
    return leftOutNodes[row];
  }

  /** What a row says: {@code com.acme.Job.run:42}. */
  public String text(int row) {
    return leftOutNodes[row] > 0 ? leftOutText(row) : labels.get(rowLabels[row]).text();
  }

  /** The same without packages, for a narrow place. */
  public String shortText(int row) {
    return leftOutNodes[row] > 0 ? leftOutText(row) : labels.get(rowLabels[row]).shortText();
  }

  /** Whether a row is an allocated class or a kind of memory. */
  public boolean isClass(int row) {
    return leftOutNodes[row] == 0 && labels.get(rowLabels[row]).kind() == Kind.ALLOCATED_CLASS;
  }

  private String leftOutText(int row) {
    int nodes = leftOutNodes[row];
    return "["
        + Figures.count(nodes)
        + (nodes == 1 ? " node" : " nodes")
        + " below "
        + Figures.percent(minShare)
        + "]";
  }
}
