package dev.heaplight.format;

import dev.heaplight.format.Dictionary.ThreadName;
import dev.heaplight.format.PayloadReader.MalformedPayload;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns block payloads into calls of a visitor, and holds the tables they refer to. A block of an
 * unknown type is passed over: a later writer of the same format version may add types.
 */
final class BlockDecoder {
  private final Dictionary dictionary = new Dictionary();
  private final RecordingVisitor visitor;
  private final LiveDecoder live;
  private final boolean figuresOnly;
  private long allocatedBytes;
  private long allocatedObjects;
  private boolean footerSeen;

  private BlockDecoder(RecordingVisitor visitor, boolean figuresOnly) {
    this.visitor = visitor;
    this.live = new LiveDecoder(visitor, figuresOnly);
    this.figuresOnly = figuresOnly;
  }

  /** A decoder of all blocks. */
  static BlockDecoder ofAll(RecordingVisitor visitor) {
    return new BlockDecoder(visitor, false);
  }

  /** A decoder of blocks that hold figures, which has no tables to check their numbers by. */
  static BlockDecoder ofFigures(RecordingVisitor visitor) {
    return new BlockDecoder(visitor, true);
  }

  /** Whether the payload of a block of this type is needed. */
  boolean wants(int type) {
    return switch (type) {
      case RecordingLayout.TYPE_DICTIONARY,
          RecordingLayout.TYPE_ALLOCATIONS,
          RecordingLayout.TYPE_COLLECTIONS, // its names of collectors are in the dictionary
          RecordingLayout.TYPE_LIFETIMES ->
          !figuresOnly;
      default -> true;
    };
  }

  Dictionary dictionary() {
    return dictionary;
  }

  boolean footerSeen() {
    return footerSeen;
  }

  void decode(int type, PayloadReader in) {
    switch (type) {
      case RecordingLayout.TYPE_DICTIONARY -> dictionary(in);
      case RecordingLayout.TYPE_ALLOCATIONS -> allocations(in);
      case RecordingLayout.TYPE_PROGRESS ->
          visitor.progress(
              new Progress(
                  in.total(), in.figure(), in.figure(), in.total(), in.total(), in.total()));
      case RecordingLayout.TYPE_NOTE -> visitor.note(in.string());
      case RecordingLayout.TYPE_LIVE -> live.decode(in, dictionary);
      case RecordingLayout.TYPE_COLLECTIONS -> collections(in);
      case RecordingLayout.TYPE_MEMORY -> memory(in);
      case RecordingLayout.TYPE_MEMORY_PARTS -> memoryParts(in);
      case RecordingLayout.TYPE_OFF_HEAP -> offHeap(in);
      case RecordingLayout.TYPE_LIFETIMES -> lifetimes(in);
      case RecordingLayout.TYPE_AGENT ->
          visitor.agent(new AgentCost(in.figure(), in.figure(), in.figure()));
      case RecordingLayout.TYPE_FOOTER -> footer(in);
      default -> {
        return;
      }
    }
    in.expectEnd();
  }

  private void dictionary(PayloadReader in) {
    int newStrings = in.count("string");
    for (int i = 0; i < newStrings; i++) {
      dictionary.addString(in.string());
    }
    int newFrames = in.count("frame");
    for (int i = 0; i < newFrames; i++) {
      dictionary.addFrame(new Frame(string(in), string(in), string(in), line(in)));
    }
    int newStacks = in.count("stack");
    for (int i = 0; i < newStacks; i++) {
      dictionary.addStack(
          in.index(dictionary.stackCount(), "stack"), in.index(dictionary.frameCount(), "frame"));
    }
    int newThreads = in.count("thread");
    for (int i = 0; i < newThreads; i++) {
      dictionary.addThread(new ThreadName(in.unsigned(), string(in)));
    }
  }

  private String string(PayloadReader in) {
    return dictionary.string(in.index(dictionary.stringCount(), "string"));
  }

  private static int line(PayloadReader in) {
    long line = in.signed();
    if (line < Frame.NATIVE_LINE || line > Integer.MAX_VALUE) {
      throw new MalformedPayload("a line of -1 or more", Long.toString(line));
    }
    return (int) line;
  }

  private void allocations(PayloadReader in) {
    long startMillis = in.total();
    long endMillis = startMillis + in.total();
    visitor.slice(startMillis, endMillis);
    int entries = in.count("entry");
    for (int i = 0; i < entries; i++) {
      int stack = in.index(dictionary.stackCount(), "stack");
      int className = in.index(dictionary.stringCount(), "string");
      int thread = in.index(dictionary.threadCount(), "thread");
      long objects = in.total();
      long bytes = in.total();
      allocatedObjects += objects;
      allocatedBytes += bytes;
      visitor.allocation(stack, className, thread, objects, bytes);
    }
  }

  private void collections(PayloadReader in) {
    int points = in.count("collection");
    for (int i = 0; i < points; i++) {
      visitor.collection(
          new GcPoint(in.total(), string(in), in.figure(), in.figure(), in.figure()));
    }
  }

  private void memory(PayloadReader in) {
    int samples = in.count("sample");
    for (int i = 0; i < samples; i++) {
      visitor.memory(
          new MemorySample(
              in.total(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure()));
    }
  }

  private void memoryParts(PayloadReader in) {
    int samples = in.count("sample");
    for (int i = 0; i < samples; i++) {
      visitor.memoryParts(
          new MemoryParts(
              in.total(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure(),
              in.figure()));
    }
  }

  private void offHeap(PayloadReader in) {
    long startMillis = in.total();
    visitor.offHeapSlice(startMillis, startMillis + in.total());
    int entries = in.count("entry");
    for (int i = 0; i < entries; i++) {
      visitor.offHeap(
          in.index(limit(dictionary.stackCount()), "stack"),
          in.index(limit(dictionary.stringCount()), "string"),
          in.index(limit(dictionary.threadCount()), "thread"),
          in.total(),
          in.total(),
          in.total(),
          in.total());
    }
  }

  private int limit(int count) {
    return figuresOnly ? Integer.MAX_VALUE : count;
  }

  private void lifetimes(PayloadReader in) {
    int count = in.count("lifetime");
    List<Lifetime> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int collections = in.index(Integer.MAX_VALUE, "collections");
      int millisLog2 = in.index(Lifetime.MAX_MILLIS_LOG2 + 1, "logarithm of milliseconds");
      all.add(new Lifetime(collections, millisLog2, in.total(), in.total()));
    }
    visitor.lifetimes(List.copyOf(all));
  }

  private void footer(PayloadReader in) {
    Footer footer = new Footer(in.total(), in.total(), in.total(), in.string());
    if (!figuresOnly
        && (footer.allocatedBytes() != allocatedBytes
            || footer.allocatedObjects() != allocatedObjects)) {
      throw new MalformedPayload(
          footer.allocatedBytes() + " bytes in " + footer.allocatedObjects() + " objects",
          allocatedBytes + " bytes in " + allocatedObjects + " objects");
    }
    footerSeen = true;
    visitor.footer(footer);
  }
}
