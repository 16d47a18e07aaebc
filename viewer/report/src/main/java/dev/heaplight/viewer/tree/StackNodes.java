package dev.heaplight.viewer.tree;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.AllocationTotals;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.TreeShape;
import java.util.Arrays;

/** Finds the node that a row's figures belong to, and makes the nodes on the way. */
abstract class StackNodes {
  final CallTree tree;
  final TreeLabels labels;
  final Dictionary dictionary;
  final AllocationTotals totals;
  final TreeShape shape;
  int[] frames = new int[64];

  private StackNodes(MetricView view, CallTree tree, TreeLabels labels) {
    this.tree = tree;
    this.labels = labels;
    this.dictionary = view.model().dictionary();
    this.totals = view.totals();
    this.shape = view.shape();
  }

  static StackNodes of(MetricView view, CallTree tree, TreeLabels labels) {
    return view.shape().inverted()
        ? new InnermostFirst(view, tree, labels)
        : new OutermostFirst(view, tree, labels);
  }

  /** The node of a row's figures. */
  abstract int leaf(int row);

  final int child(int parent, int label) {
    return tree.child(parent, label);
  }

  final int top(int row) {
    return shape.byThread()
        ? child(CallTree.ROOT, labels.thread(totals.thread(row)))
        : CallTree.ROOT;
  }

  /**
   * Frame numbers of a stack, innermost first, up to {@code end}; they stay until the next call.
   */
  final int framesUpTo(int stack, int end) {
    int depth = 0;
    for (int at = stack; at != end; at = dictionary.parent(at)) {
      if (depth == frames.length) {
        frames = Arrays.copyOf(frames, depth * 2);
      }
      frames[depth++] = dictionary.frameOf(at);
    }
    return depth;
  }

  /** Classes first, then callers: every row walks its own way. */
  private static final class InnermostFirst extends StackNodes {
    InnermostFirst(MetricView view, CallTree tree, TreeLabels labels) {
      super(view, tree, labels);
    }

    @Override
    int leaf(int row) {
      int stack = totals.stack(row);
      int node = child(top(row), labels.allocatedClass(totals.className(row)));
      if (stack == Dictionary.EMPTY_STACK) {
        return child(node, labels.unknownStack());
      }
      int depth = framesUpTo(stack, Dictionary.EMPTY_STACK);
      int shown = Math.min(depth, shape.maxDepth());
      for (int i = 0; i < shown; i++) {
        node = child(node, labels.frame(frames[i]));
      }
      return shown < depth ? child(node, labels.deeper()) : node;
    }
  }

  /**
   * Callers first. The nodes of a stack are remembered, since most stacks share their callers; by
   * thread they are remembered until a row of another thread comes.
   */
  static final class OutermostFirst extends StackNodes {
    private final int[] nodeOfStack;
    private final int[] topOfStack;
    private final int[] depthOfStack;
    private final boolean nodesAreNew;

    OutermostFirst(MetricView view, CallTree tree, TreeLabels labels) {
      super(view, tree, labels);
      // A dictionary holds a stack once, so each has its own node unless something merges them.
      nodesAreNew = labels.framesDiffer() && !shape.byThread();
      int stacks = dictionary.stackCount();
      nodeOfStack = new int[stacks];
      topOfStack = new int[stacks];
      Arrays.fill(topOfStack, -1);
      depthOfStack = new int[shape.maxDepth() == Integer.MAX_VALUE ? 0 : stacks];
      for (int stack = 1; stack < depthOfStack.length; stack++) {
        depthOfStack[stack] = depthOfStack[dictionary.parent(stack)] + 1;
      }
    }

    @Override
    int leaf(int row) {
      int stack = totals.stack(row);
      int top = top(row);
      int node =
          stack == Dictionary.EMPTY_STACK ? child(top, labels.unknownStack()) : node(stack, top);
      return child(node, labels.allocatedClass(totals.className(row)));
    }

    int node(int stack, int top) {
      int known = stack;
      while (known != Dictionary.EMPTY_STACK && topOfStack[known] != top) {
        known = dictionary.parent(known);
      }
      int depth = framesUpTo(stack, known);
      int node = known == Dictionary.EMPTY_STACK ? top : nodeOfStack[known];
      int depthOfKnown = depthOfStack.length == 0 ? 0 : depthOfStack[known];
      for (int i = depth - 1; i >= 0; i--) {
        int level = depthOfKnown + depth - i;
        if (depthOfStack.length == 0 || level <= shape.maxDepth()) {
          int label = labels.frame(frames[i]);
          node = nodesAreNew ? tree.newChild(node, label) : child(node, label);
        } else if (level == shape.maxDepth() + 1) {
          node = child(node, labels.deeper());
        }
      }
      remember(stack, known, top, node);
      return node;
    }

    /** Remembers the stack's node, and its callers' on the way out. */
    private void remember(int stack, int known, int top, int node) {
      int at = stack;
      int itsNode = node;
      while (at != known) {
        nodeOfStack[at] = itsNode;
        topOfStack[at] = top;
        boolean folded = depthOfStack.length > 0 && depthOfStack[at] > shape.maxDepth() + 1;
        itsNode = folded ? itsNode : tree.parent(itsNode);
        at = dictionary.parent(at);
      }
    }
  }
}
