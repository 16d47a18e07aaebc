package dev.heaplight.viewer.model;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Frame;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Numbers of one recording's dictionary in a dictionary that several share. Not thread-safe. */
public final class Renumbering {
  private static final int UNSET = -1;

  private final Dictionary from;
  private final DictionaryBuilder to;
  private final UnaryOperator<Frame> shared;
  private final int[] strings;
  private final int[] frames;
  private final int[] threads;
  private final int[] stacks;

  Renumbering(Dictionary from, DictionaryBuilder to) {
    this(from, to, UnaryOperator.identity());
  }

  /**
   * Numbers of {@code from} in {@code to}.
   *
   * @param shared what a frame becomes in the shared dictionary; frames that become equal are one
   */
  public Renumbering(Dictionary from, DictionaryBuilder to, UnaryOperator<Frame> shared) {
    this.from = from;
    this.to = to;
    this.shared = shared;
    strings = unset(from.stringCount());
    frames = unset(from.frameCount());
    threads = unset(from.threadCount());
    stacks = unset(from.stackCount());
    stacks[Dictionary.EMPTY_STACK] = Dictionary.EMPTY_STACK;
  }

  private static int[] unset(int length) {
    int[] numbers = new int[length];
    Arrays.fill(numbers, UNSET);
    return numbers;
  }

  /** Adds all rows of {@code source}, which speaks the one dictionary, to {@code target}. */
  void add(AllocationTotals source, AllocationTotals target) {
    for (int row = 0; row < source.rows(); row++) {
      target.add(
          stack(source.stack(row)),
          string(source.className(row)),
          thread(source.thread(row)),
          source.objects(row),
          source.bytes(row));
    }
  }

  /** The same rows in the shared dictionary. */
  AllocationTotals totals(AllocationTotals source) {
    AllocationTotals target = new AllocationTotals();
    add(source, target);
    return target;
  }

  /** The shared number of a string. */
  public int string(int number) {
    if (strings[number] == UNSET) {
      strings[number] = to.string(from.string(number));
    }
    return strings[number];
  }

  private int thread(int number) {
    if (threads[number] == UNSET) {
      Dictionary.ThreadName thread = from.thread(number);
      threads[number] = to.thread(thread.id(), thread.name());
    }
    return threads[number];
  }

  /** The shared number of a stack. */
  public int stack(int number) {
    if (stacks[number] != UNSET) {
      return stacks[number];
    }
    // Callers have smaller numbers: walks out to one that is known, then numbers inwards.
    int depth = 0;
    int known = number;
    while (stacks[known] == UNSET) {
      known = from.parent(known);
      depth++;
    }
    int[] inwards = new int[depth];
    int stack = number;
    for (int i = depth - 1; i >= 0; i--) {
      inwards[i] = stack;
      stack = from.parent(stack);
    }
    for (int inner : inwards) {
      stacks[inner] = to.stack(stacks[from.parent(inner)], frame(from.frameOf(inner)));
    }
    return stacks[number];
  }

  private int frame(int number) {
    if (frames[number] == UNSET) {
      frames[number] = to.frame(shared.apply(from.frame(number)));
    }
    return frames[number];
  }
}
