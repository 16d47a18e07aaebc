package dev.heaplight.viewer.export;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.text.PlainText;
import dev.heaplight.viewer.tree.TreeLabels;
import java.util.Arrays;

/**
 * Labels that are the text of a collapsed frame. They are numbered in the order of their text,
 * which makes the output's order independent of the order in which the recording was written.
 */
final class CollapsedLabels implements TreeLabels {
  private static final char REPLACEMENT = '_';

  private final String[] texts;
  private final int[] ofFrame;
  private final int[] ofClass;
  private final int[] ofThread;
  private final int ofDeeper;
  private final int ofUnknownStack;
  private final int labels;

  CollapsedLabels(Dictionary dictionary) {
    int frames = dictionary.frameCount();
    int strings = dictionary.stringCount();
    int threads = dictionary.threadCount();
    String[] all = new String[frames + strings + threads + 2];
    for (int i = 0; i < frames; i++) {
      all[i] = text(dictionary.frame(i));
    }
    for (int i = 0; i < strings; i++) {
      all[frames + i] = sanitised(dictionary.string(i));
    }
    for (int i = 0; i < threads; i++) {
      all[frames + strings + i] = sanitised(FrameText.thread(dictionary.thread(i).name()));
    }
    all[all.length - 2] = FrameText.DEEPER;
    all[all.length - 1] = FrameText.UNKNOWN_STACK;
    labels = all.length;
    texts = Arrays.stream(all).sorted().distinct().toArray(String[]::new);
    ofFrame = numbers(all, 0, frames);
    ofClass = numbers(all, frames, strings);
    ofThread = numbers(all, frames + strings, threads);
    ofDeeper = Arrays.binarySearch(texts, FrameText.DEEPER);
    ofUnknownStack = Arrays.binarySearch(texts, FrameText.UNKNOWN_STACK);
  }

  private int[] numbers(String[] all, int from, int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Arrays.binarySearch(texts, all[from + i]);
    }
    return numbers;
  }

  private static String text(Frame frame) {
    String line = frame.line() > Frame.UNKNOWN_LINE ? ":" + frame.line() : "";
    return sanitised(FrameText.method(frame) + line);
  }

  /**
   * The format's separators are the semicolon, the line end and the last space: none of them may be
   * part of a name where it would be taken for one.
   */
  static String sanitised(String name) {
    StringBuilder text = new StringBuilder(name.strip());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ';' || PlainText.isHidden(c)) {
        text.setCharAt(i, REPLACEMENT);
      }
    }
    return text.isEmpty() ? String.valueOf(REPLACEMENT) : text.toString();
  }

  @Override
  public boolean framesDiffer() {
    return texts.length == labels;
  }

  String text(int label) {
    return texts[label];
  }

  @Override
  public int frame(int frame) {
    return ofFrame[frame];
  }

  @Override
  public int allocatedClass(int className) {
    return ofClass[className];
  }

  @Override
  public int unknownStack() {
    return ofUnknownStack;
  }

  @Override
  public int thread(int thread) {
    return ofThread[thread];
  }

  @Override
  public int deeper() {
    return ofDeeper;
  }
}
