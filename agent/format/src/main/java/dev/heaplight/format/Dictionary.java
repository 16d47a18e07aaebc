package dev.heaplight.format;

import dev.heaplight.format.PayloadReader.MalformedPayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tables a recording refers to by number: strings, frames, stacks and threads. Grows while a
 * recording is read; entries never change.
 *
 * <p>A stack is a node of a tree: its innermost frame and the stack of that frame's caller. Stack 0
 * is the empty stack.
 */
public final class Dictionary {
  /** The empty stack, parent of every outermost frame. */
  public static final int EMPTY_STACK = 0;

  /** What an object takes here, about. */
  private static final int STRING_BYTES = 56;

  private static final int ENTRY_BYTES = 40;
  private static final int STACK_BYTES = 8;

  private final List<String> strings = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private final List<ThreadName> threads = new ArrayList<>();
  private int[] parents = new int[256];
  private int[] stackFrames = new int[256];
  private int stackCount = 1;
  private long bytes;
  private long maxBytes = Long.MAX_VALUE;

  /**
   * A thread that allocated.
   *
   * @param id the JVM's thread id
   * @param name the thread's name when first seen
   */
  public record ThreadName(long id, String name) {}

  Dictionary() {}

  /** String number {@code index}; class names of allocation entries are strings. */
  public String string(int index) {
    return strings.get(index);
  }

  /** Number of strings so far. */
  public int stringCount() {
    return strings.size();
  }

  /** Frame number {@code index}. */
  public Frame frame(int index) {
    return frames.get(index);
  }

  /** Number of frames so far. */
  public int frameCount() {
    return frames.size();
  }

  /** Thread number {@code index}. */
  public ThreadName thread(int index) {
    return threads.get(index);
  }

  /** Number of threads so far. */
  public int threadCount() {
    return threads.size();
  }

  /** Stack of the caller of {@code stack}'s innermost frame; smaller than {@code stack}. */
  public int parent(int stack) {
    return parents[stack];
  }

  /** Frame number of {@code stack}'s innermost frame; {@code stack} must not be the empty stack. */
  public int frameOf(int stack) {
    return stackFrames[stack];
  }

  /** Number of stacks so far, the empty one included. */
  public int stackCount() {
    return stackCount;
  }

  /** Bounds the memory for what is added by the bytes of the file that it was made from. */
  void limit(long fileBytes) {
    maxBytes =
        RecordingLayout.DICTIONARY_BYTES + fileBytes * RecordingLayout.MAX_DICTIONARY_INFLATION;
  }

  void addString(String value) {
    take(STRING_BYTES + value.length());
    strings.add(value);
  }

  void addFrame(Frame frame) {
    take(ENTRY_BYTES);
    frames.add(frame);
  }

  void addThread(ThreadName thread) {
    take(ENTRY_BYTES);
    threads.add(thread);
  }

  private void take(long more) {
    bytes += more;
    if (bytes > maxBytes) {
      throw new MalformedPayload("a dictionary of at most " + maxBytes + " bytes", "a larger one");
    }
  }

  void addStack(int parent, int frame) {
    take(STACK_BYTES);
    if (stackCount == parents.length) {
      parents = Arrays.copyOf(parents, stackCount * 2);
      stackFrames = Arrays.copyOf(stackFrames, stackCount * 2);
    }
    parents[stackCount] = parent;
    stackFrames[stackCount] = frame;
    stackCount++;
  }
}
