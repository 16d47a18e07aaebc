package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.tree.TreeLabels;

/** Labels that are a dictionary's own numbers: frames, then strings, threads and two markers. */
final class NumberedLabels implements TreeLabels {
  private final Dictionary dictionary;
  private final int strings;
  private final int threads;
  private final int markers;

  NumberedLabels(Dictionary dictionary) {
    this.dictionary = dictionary;
    strings = dictionary.frameCount();
    threads = strings + dictionary.stringCount();
    markers = threads + dictionary.threadCount();
  }

  /** Labels are below this. */
  int count() {
    return markers + 2;
  }

  @Override
  public int frame(int frame) {
    return frame;
  }

  @Override
  public int allocatedClass(int className) {
    return strings + className;
  }

  @Override
  public int thread(int thread) {
    return threads + thread;
  }

  @Override
  public int unknownStack() {
    return markers;
  }

  @Override
  public int deeper() {
    return markers + 1;
  }

  /** The frame behind a label; one without method and file for all that are none. */
  Frame of(int label) {
    if (label < strings) {
      return dictionary.frame(label);
    }
    String text =
        label < threads
            ? dictionary.string(label - strings)
            : label < markers
                ? FrameText.thread(dictionary.thread(label - threads).name())
                : label == markers ? FrameText.UNKNOWN_STACK : FrameText.DEEPER;
    return new Frame(text, "", "", Frame.UNKNOWN_LINE);
  }
}
