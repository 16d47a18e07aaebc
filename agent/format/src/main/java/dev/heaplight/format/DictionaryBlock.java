package dev.heaplight.format;

import java.util.HashMap;
import java.util.Map;

/** The writer's tables, and what of them is not in the file yet. */
final class DictionaryBlock {
  private final Map<String, Integer> strings = new HashMap<>();
  private final Map<Frame, Integer> frames = new HashMap<>();
  private final Map<Long, Integer> stacks = new HashMap<>();
  private final EntryBlock newStrings = new EntryBlock(RecordingLayout.TYPE_DICTIONARY);
  private final EntryBlock newFrames = new EntryBlock(RecordingLayout.TYPE_DICTIONARY);
  private final EntryBlock newStacks = new EntryBlock(RecordingLayout.TYPE_DICTIONARY);
  private final EntryBlock newThreads = new EntryBlock(RecordingLayout.TYPE_DICTIONARY);
  private final PayloadWriter block = new PayloadWriter();
  private int threadCount;

  int string(String value) {
    Integer known = strings.get(value);
    if (known != null) {
      return known;
    }
    int index = strings.size();
    strings.put(value, index);
    newStrings.next().string(value);
    return index;
  }

  int frame(Frame frame) {
    Integer known = frames.get(frame);
    if (known != null) {
      return known;
    }
    int className = string(frame.className());
    int methodName = string(frame.methodName());
    int fileName = string(frame.fileName());
    int index = frames.size();
    frames.put(frame, index);
    PayloadWriter entry = newFrames.next();
    entry.unsigned(className);
    entry.unsigned(methodName);
    entry.unsigned(fileName);
    entry.signed(frame.line());
    return index;
  }

  int stack(int caller, int frame) {
    long key = ((long) caller << Integer.SIZE) | frame;
    Integer known = stacks.get(key);
    if (known != null) {
      return known;
    }
    int index = stacks.size() + 1;
    stacks.put(key, index);
    PayloadWriter entry = newStacks.next();
    entry.unsigned(caller);
    entry.unsigned(frame);
    return index;
  }

  int thread(long id, String name) {
    int nameIndex = string(name);
    PayloadWriter entry = newThreads.next();
    entry.unsigned(id);
    entry.unsigned(nameIndex);
    return threadCount++;
  }

  /** Bytes that {@link #build} would add to the file. */
  int size() {
    return newStrings.size() + newFrames.size() + newStacks.size() + newThreads.size();
  }

  /** Builds a block of what is new, before a block that refers to it. */
  void build(BlockFile file) {
    if (size() > 0) {
      newStrings.appendTo(block);
      newFrames.appendTo(block);
      newStacks.appendTo(block);
      newThreads.build(file, block);
    }
  }
}
