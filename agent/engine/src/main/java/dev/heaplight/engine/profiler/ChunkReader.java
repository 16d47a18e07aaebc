package dev.heaplight.engine.profiler;

import dev.heaplight.engine.sample.AgentClasses;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import one.jfr.ClassRef;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import one.jfr.StackTrace;
import one.jfr.event.AllocationSample;
import one.jfr.event.Event;
import one.jfr.event.MallocEvent;

/**
 * Reads the chunks of async-profiler's recordings.
 *
 * <p>Weights: an object of size s is sampled with the chance 1 - exp(-s / interval), since the
 * distances between samples are exponential; it stands for as many objects as that chance's
 * inverse. async-profiler's own figure, the larger of size and interval, is low by up to a third
 * where both are alike.
 */
final class ChunkReader {
  /** Its blocks are known without the profiler, each of them. */
  private static final String UNSAFE = "jdk.internal.misc.Unsafe";

  /** Of a block that is known otherwise. */
  private static final int KNOWN = -2;

  private static final String MAIN_THREAD = "main";
  private static final long NO_THREAD = 0;
  private static final byte FIRST_NATIVE_TYPE = 3;
  private static final byte LAST_NATIVE_TYPE = 5;
  private static final String ENDED_MAIN_THREAD = "DestroyJavaVM";

  /** Of a sample in the agent's own code, which is not the application's. */
  private static final int OWN = -1;

  private final StackTable stacks;
  private final long mainThreadId = mainThreadId();
  private int nativeEvents;

  ChunkReader(StackTable stacks) {
    this.stacks = stacks;
  }

  /**
   * Hands out the allocations of whole chunks.
   *
   * @param intervalBytes mean distance of samples on the heap
   * @param nativeIntervalBytes distance of samples outside of it
   * @return how many there were
   */
  int read(ByteBuffer chunks, long intervalBytes, long nativeIntervalBytes, SampleReceiver receiver)
      throws IOException {
    int samples = 0;
    nativeEvents = 0;
    try (JfrReader jfr = new JfrReader(chunks)) {
      Map<Integer, Integer> numbers = new HashMap<>();
      Map<Integer, String> classes = new HashMap<>();
      List<MallocEvent> blocks = new ArrayList<>();
      jfr.stopAtNewChunk = true; // stacks and classes are numbered anew in each
      do {
        numbers.clear();
        classes.clear();
        for (Event event = jfr.readEvent(); event != null; event = jfr.readEvent()) {
          if (event instanceof AllocationSample sample) {
            samples++;
            read(jfr, sample, intervalBytes, numbers, classes, receiver);
          } else if (event instanceof MallocEvent block) {
            blocks.add(block);
          }
        }
        nativeEvents += blocks.size();
        readBlocks(jfr, blocks, nativeIntervalBytes, numbers, receiver);
        blocks.clear();
      } while (jfr.hasMoreChunks());
    }
    return samples;
  }

  private void read(
      JfrReader jfr,
      AllocationSample sample,
      long intervalBytes,
      Map<Integer, Integer> numbers,
      Map<Integer, String> classes,
      SampleReceiver receiver) {
    long thread = threadOf(jfr, sample);
    if (thread == NO_THREAD) {
      return;
    }
    int stack = numbers.computeIfAbsent(sample.stackTraceId, id -> number(jfr, id));
    if (stack < 0) {
      return;
    }
    String className = classes.computeIfAbsent(sample.classId, id -> className(jfr, id));
    double chance = -Math.expm1(-(double) sample.allocationSize / intervalBytes);
    receiver.allocated(
        thread, sample.time, stack, className, 1 / chance, sample.allocationSize / chance);
  }

  /** In order of time, which a chunk is not in: an address comes again and again. */
  private void readBlocks(
      JfrReader jfr,
      List<MallocEvent> blocks,
      long intervalBytes,
      Map<Integer, Integer> numbers,
      SampleReceiver receiver) {
    blocks.sort(Comparator.comparingLong(block -> block.time));
    for (MallocEvent block : blocks) {
      if (block.size == 0) {
        receiver.freed(block.address);
        continue;
      }
      long thread = threadOf(jfr, block);
      int stack =
          thread == NO_THREAD
              ? OWN
              : numbers.computeIfAbsent(block.stackTraceId, id -> number(jfr, id));
      if (stack >= 0) {
        long bytes = Math.max(block.size, intervalBytes);
        receiver.taken(thread, block.time, stack, block.address, bytes);
      }
    }
  }

  /** Of the last reading: blocks taken and freed. */
  int nativeEvents() {
    return nativeEvents;
  }

  private long threadOf(JfrReader jfr, Event sample) {
    Long number = jfr.javaThreads.get(sample.tid);
    if (number == null || number == 0) {
      return NO_THREAD;
    }
    // Threads are named as of the chunk's end, when the main thread may have become another.
    return ENDED_MAIN_THREAD.equals(jfr.threads.get(sample.tid)) ? mainThreadId : number;
  }

  private int number(JfrReader jfr, int stackTraceId) {
    StackTrace trace = jfr.stackTraces.get(stackTraceId);
    if (trace == null) {
      return StackTable.EMPTY;
    }
    int first = 0;
    while (first < trace.types.length && isProfilers(jfr, trace, first)) {
      first++;
    }
    Frame[] frames = new Frame[trace.methods.length - first];
    for (int i = 0; i < frames.length; i++) {
      int at = first + i;
      MethodRef method = jfr.methods.get(trace.methods[at]);
      ClassRef owner = method == null ? null : jfr.classes.get(method.cls);
      String className = owner == null ? "" : JvmNames.ofSymbol(jfr.symbols.get(owner.name));
      String methodName = method == null ? "?" : JvmNames.text(jfr.symbols.get(method.name));
      if (AgentClasses.contain(className)) {
        return OWN;
      }
      if (className.equals(UNSAFE) && methodName.startsWith("allocateMemory")) {
        return KNOWN;
      }
      frames[i] = new Frame(className, methodName, "", line(trace, at));
    }
    return stacks.number(frames);
  }

  /** 1 on older JDKs, and more on newer ones. */
  private static long mainThreadId() {
    long first = Long.MAX_VALUE;
    for (Thread thread : RunningThreads.now()) {
      if (thread.getName().equals(MAIN_THREAD)) {
        first = Math.min(first, thread.getId());
      }
    }
    return first;
  }

  private static int line(StackTrace trace, int at) {
    boolean outsideOfJava =
        trace.types[at] >= FIRST_NATIVE_TYPE && trace.types[at] <= LAST_NATIVE_TYPE;
    return outsideOfJava ? Frame.NATIVE_LINE : trace.locations[at] >>> Short.SIZE;
  }

  /** Its own function in the C library's place. */
  private static boolean isProfilers(JfrReader jfr, StackTrace trace, int at) {
    MethodRef method = jfr.methods.get(trace.methods[at]);
    ClassRef owner = method == null ? null : jfr.classes.get(method.cls);
    return trace.types[at] == FIRST_NATIVE_TYPE
        && owner != null
        && JvmNames.text(jfr.symbols.get(owner.name)).startsWith("libasyncProfiler");
  }

  private static String className(JfrReader jfr, int classId) {
    ClassRef type = jfr.classes.get(classId);
    return type == null ? "" : JvmNames.ofSymbol(jfr.symbols.get(type.name));
  }
}
