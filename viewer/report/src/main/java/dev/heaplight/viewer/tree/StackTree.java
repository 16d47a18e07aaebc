package dev.heaplight.viewer.tree;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.TreeShape;
import dev.heaplight.viewer.tree.StackNodes.OutermostFirst;
import org.jspecify.annotations.Nullable;

/**
 * Stacks as a tree of frames, without classes and figures. Stacks whose frames have the same labels
 * are one node; the empty stack is the root.
 */
public final class StackTree {
  private final Dictionary dictionary;
  private final TreeLabels labels;
  private final @Nullable CallTree tree;
  private final @Nullable OutermostFirst stacks;

  /**
   * A tree without stacks.
   *
   * @param view any view of the model whose stacks are asked for
   * @param rows how many rows are expected to ask
   */
  public StackTree(MetricView view, TreeLabels labels, int rows) {
    MetricView plain = view.shaped(TreeShape.PLAIN);
    dictionary = view.model().dictionary();
    this.labels = labels;
    // A dictionary holds a stack once: if no two frames look the same, its stacks are the tree.
    boolean asItIs = view.selection().isAll() && labels.framesDiffer();
    for (int frame = 0; asItIs && frame < dictionary.frameCount(); frame++) {
      labels.frame(frame);
    }
    tree = asItIs ? null : CallTree.withoutFigures(rows, plain);
    stacks = tree == null ? null : new OutermostFirst(plain, tree, labels);
  }

  /** The node of a stack, which is made with its callers when there is none. */
  public int node(int stack) {
    return stacks == null || stack == Dictionary.EMPTY_STACK
        ? stack
        : stacks.node(stack, CallTree.ROOT);
  }

  /** Number of nodes, the root included. */
  public int size() {
    return tree == null ? dictionary.stackCount() : tree.size();
  }

  /** Parent of a node, which has a smaller number; the root's is the root. */
  public int parent(int node) {
    return tree == null ? dictionary.parent(node) : tree.parent(node);
  }

  /** Label of a node, {@link CallTree#ROOT_LABEL} for the root. */
  public int label(int node) {
    if (tree != null) {
      return tree.label(node);
    }
    return node == CallTree.ROOT ? CallTree.ROOT_LABEL : labels.frame(dictionary.frameOf(node));
  }
}
