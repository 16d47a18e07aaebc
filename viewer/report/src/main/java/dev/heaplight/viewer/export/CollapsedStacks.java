package dev.heaplight.viewer.export;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.TreeOrder;
import java.io.IOException;

/**
 * Collapsed stacks, one line each: {@code outermost;...;innermost;class bytes}. The bytes of all
 * lines sum up to what the view holds. Lines come in the order of their frames' text.
 */
public final class CollapsedStacks {
  private CollapsedStacks() {}

  /** Writes {@code view} to {@code out}. */
  public static void write(MetricView view, Appendable out) throws IOException {
    CollapsedLabels labels = new CollapsedLabels(view.model().dictionary());
    CallTree tree = CallTree.of(view, labels);
    // The root's label is -1, which as an unsigned key would come last; the order of the root
    // among its descendants does not matter.
    int[] byText = TreeOrder.ascending(tree, tree::label);
    CollapsedLine line = new CollapsedLine();
    for (int node : TreeOrder.preorder(tree, byText)) {
      if (node == CallTree.ROOT) {
        continue;
      }
      line.closeTo(tree.parent(node));
      line.open(node, labels.text(tree.label(node)));
      if (tree.selfBytes(node) > 0) {
        line.write(tree.selfBytes(node), out);
      }
    }
  }
}
