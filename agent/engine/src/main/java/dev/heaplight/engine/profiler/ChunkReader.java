package dev.heaplight.engine.profiler;

import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import one.jfr.ClassRef;
import one.jfr.JfrReader;
import one.jfr.MethodRef;
import one.jfr.StackTrace;
import one.jfr.event.AllocationSample;
import one.jfr.event.Event;

/**
 * Reads the chunks of async-profiler's recordings.
 *
 * <p>Weights: an object of size s is sampled with the chance 1 - exp(-s / interval), since the
 * distances between samples are exponential; it stands for as many objects as that chance's
 * inverse. async-profiler's own figure, the larger of size and interval, is low by up to a third
 * where both are alike.
 */
final class ChunkReader {
  private static final String[] AGENT_PACKAGES = {
    "dev.heaplight.engine.", "dev.heaplight.hook.", "one.profiler.", "one.jfr."
  };

  private static final String MAIN_THREAD = "main";
  private static final String ENDED_MAIN_THREAD = "DestroyJavaVM";

  /** Of a sample in the agent's own code, which is not the application's. */
  private static final int OWN = -1;

  private final StackTable stacks;
  private final long mainThreadId = mainThreadId();

  ChunkReader(StackTable stacks) {
    this.stacks = stacks;
  }

  /**
   * Hands out the allocations of whole chunks.
   *
   * @return how many there were
   */
  int read(ByteBuffer chunks, long intervalBytes, SampleReceiver receiver) throws IOException {
    int samples = 0;
    try (JfrReader jfr = new JfrReader(chunks)) {
      Map<Integer, Integer> numbers = new HashMap<>();
      Map<Integer, String> classes = new HashMap<>();
      jfr.stopAtNewChunk = true; // stacks and classes are numbered anew in each
      do {
        numbers.clear();
        classes.clear();
        for (Event event = jfr.readEvent(); event != null; event = jfr.readEvent()) {
          if (event instanceof AllocationSample sample) {
            samples++;
            read(jfr, sample, intervalBytes, numbers, classes, receiver);
          }
        }
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
    Long number = jfr.javaThreads.get(sample.tid);
    if (number == null || number == 0) {
      return; // a thread of the JVM's own
    }
    // Threads are named as of the chunk's end, when the main thread may have become another.
    boolean main = ENDED_MAIN_THREAD.equals(jfr.threads.get(sample.tid));
    long thread = main ? mainThreadId : number;
    int stack = numbers.computeIfAbsent(sample.stackTraceId, id -> number(jfr, id));
    if (stack == OWN) {
      return;
    }
    String className = classes.computeIfAbsent(sample.classId, id -> className(jfr, id));
    double chance = -Math.expm1(-(double) sample.allocationSize / intervalBytes);
    receiver.allocated(
        thread, sample.time, stack, className, 1 / chance, sample.allocationSize / chance);
  }

  private int number(JfrReader jfr, int stackTraceId) {
    StackTrace trace = jfr.stackTraces.get(stackTraceId);
    if (trace == null) {
      return StackTable.EMPTY;
    }
    Frame[] frames = new Frame[trace.methods.length];
    for (int i = 0; i < frames.length; i++) {
      MethodRef method = jfr.methods.get(trace.methods[i]);
      ClassRef owner = method == null ? null : jfr.classes.get(method.cls);
      String className = owner == null ? "" : JvmNames.ofSymbol(jfr.symbols.get(owner.name));
      String methodName = method == null ? "?" : JvmNames.text(jfr.symbols.get(method.name));
      if (isAgent(className)) {
        return OWN;
      }
      int line = trace.locations[i] >>> Short.SIZE;
      frames[i] = new Frame(className, methodName, "", line);
    }
    return stacks.number(frames);
  }

  /** 1 on older JDKs, and more on newer ones. */
  private static long mainThreadId() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    for (ThreadGroup at = root; at != null; at = at.getParent()) {
      root = at;
    }
    Thread[] threads = new Thread[root.activeCount() * 2 + 16];
    int count = root.enumerate(threads);
    long first = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals(MAIN_THREAD)) {
        first = Math.min(first, threads[i].getId());
      }
    }
    return first;
  }

  private static String className(JfrReader jfr, int classId) {
    ClassRef type = jfr.classes.get(classId);
    return type == null ? "" : JvmNames.ofSymbol(jfr.symbols.get(type.name));
  }

  private static boolean isAgent(String className) {
    for (String agentPackage : AGENT_PACKAGES) {
      if (className.startsWith(agentPackage)) {
        return true;
      }
    }
    return false;
  }
}
