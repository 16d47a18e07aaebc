package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.Dictionary;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.tree.StackTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The rows of all metrics in the page's order: by stack, class and thread, which keeps what is
 * small to store next to each other and rows of one box together.
 */
final class PageRows {
  private final StackTree stacks;
  private final List<String> threads = new ArrayList<>();
  private final List<Integer> threadLabels = new ArrayList<>();
  private final int[] nodes;
  private final int[] classes;
  private final int[] threadNumbers;
  private final int[] order;
  private final int[] places;

  PageRows(UnitedMetrics metrics, MetricView view, FlameLabels labels) {
    int rows = metrics.rows();
    stacks = new StackTree(view, labels, rows);
    nodes = new int[rows];
    classes = new int[rows];
    threadNumbers = new int[rows];
    Dictionary dictionary = view.model().dictionary();
    int[] threadOf = threadsByName(dictionary, labels);
    for (int row = 0; row < rows; row++) {
      nodes[row] = stacks.node(metrics.stack(row));
      classes[row] = labels.allocatedClass(metrics.className(row));
      threadNumbers[row] = threadOf[metrics.thread(row)];
    }
    order = sorted(rows, labels.labels().size());
    places = new int[rows];
    for (int place = 0; place < rows; place++) {
      places[order[place]] = place;
    }
  }

  /** Threads of the same name are one in the page. */
  private int[] threadsByName(Dictionary dictionary, FlameLabels labels) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] threadOf = new int[dictionary.threadCount()];
    for (int thread = 0; thread < threadOf.length; thread++) {
      String name = dictionary.thread(thread).name();
      int its = thread;
      threadOf[thread] =
          numbers.computeIfAbsent(
              name,
              fresh -> {
                threads.add(fresh);
                threadLabels.add(labels.thread(its));
                return threads.size() - 1;
              });
    }
    return threadOf;
  }

  private int[] sorted(int rows, int labelCount) {
    int[] byThread = stableBy(identity(rows), row -> threadNumbers[row], threads.size());
    int[] byClass = stableBy(byThread, row -> classes[row], labelCount);
    return stableBy(byClass, row -> nodes[row], stacks.size());
  }

  static int[] identity(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  /** The same rows by a key below {@code keys}; rows of one key stay in their order. */
  static int[] stableBy(int[] rows, IntUnaryOperator key, int keys) {
    int[] starts = new int[keys + 1];
    for (int row : rows) {
      starts[key.applyAsInt(row) + 1]++;
    }
    for (int i = 0; i < keys; i++) {
      starts[i + 1] += starts[i];
    }
    int[] sorted = new int[rows.length];
    for (int row : rows) {
      sorted[starts[key.applyAsInt(row)]++] = row;
    }
    return sorted;
  }

  int size() {
    return order.length;
  }

  StackTree stacks() {
    return stacks;
  }

  /** Names of threads. */
  List<String> threads() {
    return threads;
  }

  /** Labels of threads, for trees that part them. */
  List<Integer> threadLabels() {
    return threadLabels;
  }

  /** Place in the page of a row of the united metrics. */
  int place(int row) {
    return places[row];
  }

  /** Stack, class or thread by place. */
  private int[] inOrder(int[] values) {
    int[] column = new int[order.length];
    for (int place = 0; place < column.length; place++) {
      column[place] = values[order[place]];
    }
    return column;
  }

  int[] stackColumn() {
    return inOrder(nodes);
  }

  int[] classColumn() {
    return inOrder(classes);
  }

  int[] threadColumn() {
    return inOrder(threadNumbers);
  }
}
