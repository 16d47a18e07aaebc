package dev.heaplight.viewer.jfr;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.DictionaryBuilder;
import dev.heaplight.format.Frame;
import java.util.Objects;
import one.jfr.DictionaryInt;
import one.jfr.JfrReader;
import one.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * A chunk's numbers of stacks, classes and threads in the model's dictionary. Each is looked up
 * once; what a number stands for is another thing in the next chunk.
 */
final class ChunkNames {
  private static final int UNSEEN = -1;
  private static final int LINE_BITS = 16;

  /** Methods above this number are not remembered: none has been seen. */
  private static final long MAX_REMEMBERED_METHOD = 1L << (Long.SIZE - LINE_BITS - 2);

  private final JfrReader reader;
  private final DictionaryBuilder dictionary;
  private final SymbolText symbols;
  private final DictionaryInt stacks = new DictionaryInt();
  private final DictionaryInt frames = new DictionaryInt();
  private final DictionaryInt classNames = new DictionaryInt();
  private final DictionaryInt threads = new DictionaryInt();

  ChunkNames(JfrReader reader, DictionaryBuilder dictionary) {
    this.reader = reader;
    this.dictionary = dictionary;
    this.symbols = new SymbolText(reader);
  }

  /** Number of a stack; {@link Dictionary#EMPTY_STACK} when the event has none. */
  int stack(int id) {
    int known = stacks.get(id, UNSEEN);
    if (known == UNSEEN) {
      known = newStack(reader.stackTraces.get(id));
      stacks.put(id, known);
    }
    return known;
  }

  private int newStack(@Nullable StackTrace trace) {
    int stack = Dictionary.EMPTY_STACK;
    if (trace != null) {
      for (int i = trace.methods.length - 1; i >= 0; i--) {
        stack = dictionary.stack(stack, frame(trace, i));
      }
    }
    return stack;
  }

  private int frame(StackTrace trace, int i) {
    long method = trace.methods[i];
    byte type = trace.types[i];
    // The reader keeps the line above the bytecode's index.
    int line = trace.locations[i] >>> LINE_BITS;
    if (method < 0 || method >= MAX_REMEMBERED_METHOD) {
      return newFrame(method, type, line);
    }
    long key = (method << LINE_BITS | line) << 1 | (symbols.isNative(type) ? 1 : 0);
    int known = frames.get(key, UNSEEN);
    if (known == UNSEEN) {
      known = newFrame(method, type, line);
      frames.put(key, known);
    }
    return known;
  }

  private int newFrame(long method, byte type, int line) {
    return dictionary.frame(
        new Frame(symbols.classOf(method, type), symbols.methodOf(method, type), "", line));
  }

  /** String number of an allocated class. */
  int className(int id) {
    int known = classNames.get(id, UNSEEN);
    if (known == UNSEEN) {
      known = dictionary.string(symbols.allocatedClass(id));
      classNames.put(id, known);
    }
    return known;
  }

  /** Number of a thread, which has the JVM's id where it is a Java thread. */
  int thread(int id) {
    int known = threads.get(id, UNSEEN);
    if (known == UNSEEN) {
      Long java = reader.javaThreads.get(id);
      String name = Objects.requireNonNullElse(reader.threads.get(id), "");
      known =
          dictionary.thread(
              java == null || java <= 0 ? id : java, name.isEmpty() ? "[tid=" + id + "]" : name);
      threads.put(id, known);
    }
    return known;
  }
}
