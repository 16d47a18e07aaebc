package dev.heaplight.engine.record;

import dev.heaplight.engine.live.Origin;
import dev.heaplight.engine.live.ThreadLabel;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Dictionary;
import dev.heaplight.format.RecordingWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers by which one recording knows stacks, classes and threads; new ones are added to its
 * tables. Not thread-safe.
 */
final class RecordingNumbers {
  static final int STACK = 0;
  static final int CLASS = 1;
  static final int THREAD = 2;

  /** Estimate of an entry of the writer's tables and of ours. */
  private static final long ENTRY_BYTES = 160;

  private final RecordingWriter writer;
  private final StackTable stacks;
  private final Map<Integer, Integer> stackNumbers = new HashMap<>();
  private final Map<ThreadLabel, Integer> threadNumbers = new HashMap<>();

  RecordingNumbers(RecordingWriter writer, StackTable stacks) {
    this.writer = writer;
    this.stacks = stacks;
  }

  /** Numbers of an origin, in the order of the constants above. */
  int[] of(Origin origin) {
    return new int[] {
      stack(origin.where().stack()),
      writer.string(origin.where().className()),
      thread(origin.thread())
    };
  }

  /** Number of a thread. */
  int thread(ThreadLabel thread) {
    return threadNumbers.computeIfAbsent(thread, label -> writer.thread(label.id(), label.name()));
  }

  /** Number of a stack; frames are added from the outermost in. */
  int stack(int stack) {
    Integer present = stackNumbers.get(stack);
    if (present != null) {
      return present;
    }
    Deque<Integer> unknown = new ArrayDeque<>();
    int known = stack;
    while (known != StackTable.EMPTY && !stackNumbers.containsKey(known)) {
      unknown.push(known);
      known = stacks.parent(known);
    }
    int number =
        known == StackTable.EMPTY ? Dictionary.EMPTY_STACK : stackNumbers.getOrDefault(known, 0);
    for (int next : unknown) {
      number = writer.stack(number, writer.frame(stacks.frame(next)));
      stackNumbers.put(next, number);
    }
    return number;
  }

  /** Forgets all numbers; the recording has ended. */
  void clear() {
    stackNumbers.clear();
    threadNumbers.clear();
  }

  /** Estimate of the memory these tables and the writer's take. */
  long bytes() {
    return (stackNumbers.size() + threadNumbers.size()) * ENTRY_BYTES;
  }
}
