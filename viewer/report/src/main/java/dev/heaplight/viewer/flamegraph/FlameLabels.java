package dev.heaplight.viewer.flamegraph;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.flamegraph.FlameLabel.Kind;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.tree.TreeLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Labels of a flame graph: frames are the same when class, method and line are. */
public final class FlameLabels implements TreeLabels {
  static final int UNKNOWN_STACK = 0;
  static final int DEEPER = 1;
  private static final int UNSET = -1;

  private final Dictionary dictionary;
  private final List<FlameLabel> labels = new ArrayList<>();
  private final Map<FrameKey, Integer> frames = new HashMap<>();
  private final int[] labelOfFrame;
  private final int[] labelOfClass;
  private final Map<String, Integer> threads = new HashMap<>();

  private record FrameKey(String className, String methodName, int line) {}

  /** Labels for a tree of stacks in {@code dictionary}; made as they are asked for. */
  public FlameLabels(Dictionary dictionary) {
    this.dictionary = dictionary;
    labelOfFrame = unset(dictionary.frameCount());
    labelOfClass = unset(dictionary.stringCount());
    add(FlameLabel.marker(Kind.MARKER, FrameText.UNKNOWN_STACK));
    add(FlameLabel.marker(Kind.MARKER, FrameText.DEEPER));
  }

  private static int[] unset(int length) {
    int[] values = new int[length];
    Arrays.fill(values, UNSET);
    return values;
  }

  @Override
  public int frame(int frame) {
    if (labelOfFrame[frame] == UNSET) {
      Frame value = dictionary.frame(frame);
      labelOfFrame[frame] = frames.computeIfAbsent(key(value), key -> add(FlameLabel.frame(value)));
    }
    return labelOfFrame[frame];
  }

  @Override
  public int allocatedClass(int className) {
    if (labelOfClass[className] == UNSET) {
      labelOfClass[className] =
          add(FlameLabel.marker(Kind.ALLOCATED_CLASS, dictionary.string(className)));
    }
    return labelOfClass[className];
  }

  @Override
  public int unknownStack() {
    return UNKNOWN_STACK;
  }

  @Override
  public int thread(int thread) {
    return threads.computeIfAbsent(
        FrameText.thread(dictionary.thread(thread).name()),
        text -> add(FlameLabel.marker(Kind.MARKER, text)));
  }

  @Override
  public int deeper() {
    return DEEPER;
  }

  @Override
  public boolean framesDiffer() {
    Set<FrameKey> keys = new HashSet<>();
    for (int frame = 0; frame < labelOfFrame.length; frame++) {
      keys.add(key(dictionary.frame(frame)));
    }
    return keys.size() == labelOfFrame.length;
  }

  private static FrameKey key(Frame frame) {
    return new FrameKey(frame.className(), frame.methodName(), frame.line());
  }

  /** Adds a label of the caller's own, and returns its number. */
  public int add(FlameLabel label) {
    labels.add(label);
    return labels.size() - 1;
  }

  /** All labels so far, by number; the list grows with them. */
  public List<FlameLabel> labels() {
    return labels;
  }
}
