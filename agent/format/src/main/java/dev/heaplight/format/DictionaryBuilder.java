package dev.heaplight.format;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes a {@link Dictionary} of names that come more than once: each distinct string, frame, stack
 * and thread gets one number. For joining recordings and for reading other formats. Not
 * thread-safe.
 *
 * <p>Layout: stacks are found by (parent, frame) through an open-addressing table of stack numbers,
 * 4 to 8 bytes a stack, because there may be millions; strings, frames and threads are few.
 */
public final class DictionaryBuilder {
  private static final int FREE = 0;

  private final Dictionary dictionary = new Dictionary();
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<Frame, Integer> frames = new HashMap<>();
  private final Map<Dictionary.ThreadName, Integer> threads = new HashMap<>();
  private int[] stacks = new int[1024];

  /** A builder of a dictionary without entries. */
  public DictionaryBuilder() {}

  /** The dictionary, which grows with this builder. */
  public Dictionary dictionary() {
    return dictionary;
  }

  /** Number of {@code value}. */
  public int string(String value) {
    Integer known = strings.get(value);
    if (known != null) {
      return known;
    }
    dictionary.addString(value);
    strings.put(value, dictionary.stringCount() - 1);
    return dictionary.stringCount() - 1;
  }

  /** Number of {@code value}. */
  public int frame(Frame value) {
    Integer known = frames.get(value);
    if (known != null) {
      return known;
    }
    dictionary.addFrame(value);
    frames.put(value, dictionary.frameCount() - 1);
    return dictionary.frameCount() - 1;
  }

  /** Number of the thread with that id and name. */
  public int thread(long id, String name) {
    Dictionary.ThreadName value = new Dictionary.ThreadName(id, name);
    Integer known = threads.get(value);
    if (known != null) {
      return known;
    }
    dictionary.addThread(value);
    threads.put(value, dictionary.threadCount() - 1);
    return dictionary.threadCount() - 1;
  }

  /**
   * Number of the stack whose innermost frame is {@code frame}.
   *
   * @param parent stack of the frame's caller, {@link Dictionary#EMPTY_STACK} for none
   */
  public int stack(int parent, int frame) {
    int mask = stacks.length - 1;
    int slot = hash(parent, frame) & mask;
    while (stacks[slot] != FREE) {
      int stack = stacks[slot];
      if (dictionary.parent(stack) == parent && dictionary.frameOf(stack) == frame) {
        return stack;
      }
      slot = (slot + 1) & mask;
    }
    int stack = dictionary.stackCount();
    dictionary.addStack(parent, frame);
    stacks[slot] = stack;
    if (stack * 2 > stacks.length) {
      rehash();
    }
    return stack;
  }

  private void rehash() {
    int[] larger = new int[stacks.length * 2];
    int mask = larger.length - 1;
    for (int stack = 1; stack < dictionary.stackCount(); stack++) {
      int slot = hash(dictionary.parent(stack), dictionary.frameOf(stack)) & mask;
      while (larger[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = stack;
    }
    stacks = larger;
  }

  private static int hash(int parent, int frame) {
    int h = (parent * 31 + frame) * 0x9E3779B9;
    return h ^ (h >>> 15);
  }
}
