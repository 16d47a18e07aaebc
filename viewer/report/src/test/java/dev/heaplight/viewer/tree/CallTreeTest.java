package dev.heaplight.viewer.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.RecordingModel;
import dev.heaplight.viewer.recordings.TestRecording;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTreeTest {
  private static final int FIRST_CLASS = 1_000_000;
  private static final int UNKNOWN = 2_000_000;

  /** A frame's or class's number is its label. */
  private static final TreeLabels NUMBERS =
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
          return frame;
        }

        @Override
        public int allocatedClass(int className) {
          return FIRST_CLASS + className;
        }

        @Override
        public int unknownStack() {
          return UNKNOWN;
        }
      };

  @TempDir Path directory;
  private TestRecording recording;

  @BeforeEach
  void startRecording() throws IOException {
    recording = TestRecording.create(directory.resolve("test.heaplight"));
  }

  @Test
  void outermostFrameIsBelowTheRootAndTheClassIsTheLeaf() throws IOException {
    Frame main = TestRecording.frame("com.acme.Job.main", 1);
    Frame run = TestRecording.frame("com.acme.Job.run", 2);
    recording.allocation("byte[]", 3, 96, main, run);
    recording.allocation("byte[]", 1, 4, main);
    CallTree tree = tree();
    assertEquals(5, tree.size());
    assertEquals(CallTree.ROOT, tree.parent(1));
    assertEquals(100, tree.bytes(CallTree.ROOT));
    assertEquals(4, tree.objects(CallTree.ROOT));
    assertEquals(100, tree.bytes(1));
    assertEquals(0, tree.selfBytes(1));
    assertEquals(96, tree.bytes(2));
    assertEquals(tree.label(3), tree.label(4));
    assertEquals(2, tree.parent(3));
    assertEquals(1, tree.parent(4));
  }

  @Test
  void threadsOfOneStackBecomeOneNode() throws IOException {
    int stack = recording.stack(TestRecording.frame("com.acme.Job.run", 2));
    recording.allocation(stack, "byte[]", 0, 1, 10);
    recording.allocation(stack, "byte[]", recording.thread(2, "worker"), 1, 20);
    CallTree tree = tree();
    assertEquals(3, tree.size());
    assertEquals(30, tree.selfBytes(2));
  }

  @Test
  void allocationWithoutStackHangsBelowTheUnknownStack() throws IOException {
    recording.allocation(Dictionary.EMPTY_STACK, "byte[]", 1, 16);
    CallTree tree = tree();
    assertEquals(3, tree.size());
    assertEquals(UNKNOWN, tree.label(1));
    assertEquals(1, tree.parent(2));
  }

  @Test
  void stacksThatAllocateNothingMakeNoNodes() throws IOException {
    recording.stack(TestRecording.frame("com.acme.Idle.run", 1));
    recording.allocation("byte[]", 1, 16, TestRecording.frame("com.acme.Job.run", 2));
    assertEquals(3, tree().size());
  }

  @Test
  void veryDeepStacksAreSummedUp() throws IOException {
    Frame[] frames = new Frame[50_000];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = TestRecording.frame("com.acme.Deep.call", 1 + i % 100);
    }
    recording.allocation("byte[]", 1, 16, frames);
    CallTree tree = tree();
    assertEquals(frames.length + 2, tree.size());
    assertEquals(16, tree.bytes(CallTree.ROOT));
    assertEquals(tree.size(), TreeOrder.preorder(tree, TreeOrder.ascending(tree, n -> n)).length);
  }

  private CallTree tree() throws IOException {
    return CallTree.of(
        MetricView.allocated(RecordingModel.read(recording.finish(1, 1, 0))), NUMBERS);
  }
}
