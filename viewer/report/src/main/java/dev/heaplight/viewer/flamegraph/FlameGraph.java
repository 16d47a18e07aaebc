package dev.heaplight.viewer.flamegraph;

import dev.heaplight.viewer.flamegraph.FlameLabel.Kind;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.TreeOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Boxes of a flame graph in drawing order: a parent before its children, the largest child first.
 *
 * <p>Folding: a graph of more boxes than asked for keeps the largest ones. What was left out below
 * a box is drawn as one box of its own there, so that every total stays exact.
 */
public final class FlameGraph {
  static final String FOLDED = "[smaller frames]";

  private final List<FlameLabel> labels;
  private final int[] depths;
  private final int[] labelNumbers;
  private final long[] bytes;
  private final long[] objects;
  private final int foldedLabel;
  private final int foldedNodes;
  private final long largestFoldedBytes;
  private int size;

  private FlameGraph(FlameLabels names, String root, CallTree tree, int[] bySize) {
    this.foldedNodes = tree.size() - bySize.length;
    Folds folds = new Folds(tree, bySize);
    this.largestFoldedBytes = folds.largestBytes;
    int capacity = bySize.length + Math.min(bySize.length, foldedNodes);
    depths = new int[capacity];
    labelNumbers = new int[capacity];
    bytes = new long[capacity];
    objects = new long[capacity];
    this.labels = names.labels();
    int rootLabel = names.add(FlameLabel.marker(Kind.ROOT, root));
    foldedLabel = names.add(FlameLabel.marker(Kind.MARKER, FOLDED));
    fill(tree, bySize, rootLabel, folds);
  }

  /**
   * Builds the graph of {@code view}.
   *
   * @param maxNodes number of boxes above which small ones are folded, at least 1
   */
  public static FlameGraph of(MetricView view, int maxNodes) {
    FlameLabels labels = new FlameLabels(view.model().dictionary());
    CallTree tree = CallTree.of(view, labels);
    // Largest first. A parent is at least as large as its child and has the smaller number, so
    // every prefix of this order is a tree.
    int[] bySize = TreeOrder.first(tree, node -> ~tree.bytes(node), maxNodes);
    return new FlameGraph(labels, view.metric().root(), tree, bySize);
  }

  /** Sums of what was left out below each box that was kept, by the box's place among those. */
  private static final class Folds {
    private final int[] places;
    private final long[] bytes;
    private final long[] objects;
    private final long largestBytes;

    Folds(CallTree tree, int[] kept) {
      boolean all = kept.length == tree.size();
      places = new int[all ? 0 : tree.size()];
      bytes = new long[all ? 0 : kept.length + 1];
      objects = new long[bytes.length];
      for (int i = 0; i < kept.length && !all; i++) {
        places[kept[i]] = i + 1;
      }
      long largest = 0;
      for (int node = 0; node < places.length; node++) {
        int above = places[tree.parent(node)];
        if (above != 0 && places[node] == 0) {
          bytes[above] += tree.bytes(node);
          objects[above] += tree.objects(node);
          largest = Math.max(largest, tree.bytes(node));
        }
      }
      largestBytes = largest;
    }

    boolean below(int node) {
      return places.length > 0 && (bytesBelow(node) > 0 || objectsBelow(node) > 0);
    }

    long bytesBelow(int node) {
      return bytes[places[node]];
    }

    long objectsBelow(int node) {
      return objects[places[node]];
    }
  }

  private void fill(CallTree tree, int[] bySize, int rootLabel, Folds folds) {
    int[] open = new int[64];
    int openDepth = 0;
    for (int node : TreeOrder.preorder(tree, bySize)) {
      while (openDepth > 0 && open[openDepth - 1] != tree.parent(node)) {
        closeNode(open[--openDepth], openDepth, folds);
      }
      int label = node == CallTree.ROOT ? rootLabel : tree.label(node);
      append(openDepth, label, tree.bytes(node), tree.objects(node));
      if (openDepth == open.length) {
        open = Arrays.copyOf(open, openDepth * 2);
      }
      open[openDepth++] = node;
    }
    while (openDepth > 0) {
      closeNode(open[--openDepth], openDepth, folds);
    }
  }

  private void closeNode(int node, int depth, Folds folds) {
    if (folds.below(node)) {
      append(depth + 1, foldedLabel, folds.bytesBelow(node), folds.objectsBelow(node));
    }
  }

  private void append(int depth, int label, long nodeBytes, long nodeObjects) {
    depths[size] = depth;
    labelNumbers[size] = label;
    bytes[size] = nodeBytes;
    objects[size] = nodeObjects;
    size++;
  }

  /** Number of boxes, the root included; they are numbered from 0, the root. */
  public int size() {
    return size;
  }

  /** Steps from the root. */
  public int depth(int node) {
    return depths[node];
  }

  /** Whether nothing is drawn below a box. */
  public boolean isLeaf(int node) {
    return node + 1 == size || depths[node + 1] <= depths[node];
  }

  /** What a box stands for. */
  public FlameLabel label(int node) {
    return labels.get(labelNumbers[node]);
  }

  /** Number of a box's label in {@link #labels}. */
  public int labelNumber(int node) {
    return labelNumbers[node];
  }

  /** Number of the label of boxes that stand for folded ones. */
  int foldedLabel() {
    return foldedLabel;
  }

  /** All labels. */
  public List<FlameLabel> labels() {
    return labels;
  }

  /** Bytes of a box. */
  public long bytes(int node) {
    return bytes[node];
  }

  /** Objects of a box. */
  public long objects(int node) {
    return objects[node];
  }

  /** Number of frames that were folded. */
  public int foldedNodes() {
    return foldedNodes;
  }

  /** Bytes of the largest folded frame; 0 when none was folded. */
  public long largestFoldedBytes() {
    return largestFoldedBytes;
  }
}
