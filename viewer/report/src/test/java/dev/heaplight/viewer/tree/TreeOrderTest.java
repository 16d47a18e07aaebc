package dev.heaplight.viewer.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.RealisticRecording;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeOrderTest {
  @TempDir Path directory;
  private CallTree tree;

  @BeforeEach
  void buildTree() throws IOException {
    TestRecording recording =
        RealisticRecording.create(directory.resolve("test.heaplight"), 2_000, 1);
    MetricView view = MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0)));
    tree =
        CallTree.of(
            view,
            new TreeLabels() {
              @Override
              public int thread(int thread) {
                return 100_000 + thread;
              }

              @Override
              public int deeper() {
                return 200_000;
              }

              @Override
              public int frame(int frame) {
                return 2 + frame * 2;
              }

              @Override
              public int allocatedClass(int className) {
                return 1 + className * 2;
              }

              @Override
              public int unknownStack() {
                return 0;
              }
            });
  }

  @Test
  void ascendingAgreesWithAStableUnsignedSort() {
    long spread = 0x9E37_79B9_7F4A_7C15L;
    int[] expected =
        IntStream.range(0, tree.size())
            .boxed()
            .sorted((a, b) -> Long.compareUnsigned(key(a, spread), key(b, spread)))
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(expected, TreeOrder.ascending(tree, node -> key(node, spread)));
  }

  @Test
  void firstNodesAreThoseThatComeFirstWhenAllAreSorted() {
    long spread = 0x9E37_79B9_7F4A_7C15L;
    int[] all = TreeOrder.ascending(tree, node -> key(node, spread));
    int size = tree.size();
    for (int count : new int[] {1, 2, 100, size / 2, size - 1, size, size + 1}) {
      assertArrayEquals(
          Arrays.copyOf(all, Math.min(count, size)),
          TreeOrder.first(tree, node -> key(node, spread), count));
    }
  }

  private long key(int node, long spread) {
    return tree.bytes(node) / 1_000 * spread;
  }

  @Test
  void preorderKeepsSubtreesTogetherAndSiblingsInTheirOrder() {
    int[] siblings = TreeOrder.ascending(tree, node -> ~tree.bytes(node));
    int[] order = TreeOrder.preorder(tree, siblings);
    assertEquals(tree.size(), IntStream.of(order).distinct().count());
    int[] place = new int[tree.size()];
    int[] rank = new int[tree.size()];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
      rank[siblings[i]] = i;
    }
    int[] last = place.clone();
    for (int node = tree.size() - 1; node > 0; node--) {
      last[tree.parent(node)] = Math.max(last[tree.parent(node)], last[node]);
    }
    for (int node = 1; node < tree.size(); node++) {
      int parent = tree.parent(node);
      assertEquals(true, place[parent] < place[node] && last[node] <= last[parent], "node " + node);
    }
    for (int parent = 0; parent < 50; parent++) {
      int[] children = childrenOf(parent);
      int[] byPlace = sorted(children, place);
      assertArrayEquals(sorted(children, rank), byPlace);
    }
  }

  private int[] childrenOf(int parent) {
    return IntStream.range(1, tree.size()).filter(node -> tree.parent(node) == parent).toArray();
  }

  private static int[] sorted(int[] nodes, int[] by) {
    return IntStream.of(nodes)
        .boxed()
        .sorted(Comparator.comparingInt(node -> by[node]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Test
  void nodesWhoseParentIsLeftOutAreLeftOut() {
    int[] rootOnly = {CallTree.ROOT};
    assertArrayEquals(rootOnly, TreeOrder.preorder(tree, rootOnly));
  }
}
