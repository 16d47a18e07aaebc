package dev.heaplight.viewer.export;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.TreeOrder;
import java.io.IOException;
import java.util.Arrays;

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
    StringBuilder line = new StringBuilder();
    int[] open = new int[64];
    int[] openLengths = new int[64];
    int openDepth = 0;
    for (int node : TreeOrder.preorder(tree, byText)) {
      if (node == CallTree.ROOT) {
        continue;
      }
      while (openDepth > 0 && open[openDepth - 1] != tree.parent(node)) {
        openDepth--;
      }
      line.setLength(openDepth == 0 ? 0 : openLengths[openDepth - 1]);
      line.append(openDepth == 0 ? "" : ";").append(labels.text(tree.label(node)));
      if (tree.selfBytes(node) > 0) {
        out.append(line).append(' ').append(Long.toString(tree.selfBytes(node))).append('\n');
      }
      if (openDepth == open.length) {
        open = Arrays.copyOf(open, openDepth * 2);
        openLengths = Arrays.copyOf(openLengths, openDepth * 2);
      }
      open[openDepth] = node;
      openLengths[openDepth++] = line.length();
    }
  }
}
