package dev.heaplight.engine.sample;

import dev.heaplight.engine.weave.AllocationSite;
import dev.heaplight.format.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every distinct stack the engine has seen, as a tree of frames; shared by all recordings, so that
 * an inner scope's stacks need no second look in the outer one. Thread-safe.
 */
public final class StackTable {
  /** The empty stack. */
  public static final int EMPTY = 0;

  /** A map's entry with its boxed key and value, and the two arrays. */
  private static final long STACK_BYTES = 96;

  /** A map's entry, the frame and a share of its strings. */
  private static final long FRAME_BYTES = 160;

  private static final long FINGERPRINT_BYTES = 80;

  private final Map<Long, Integer> byFingerprint = new HashMap<>();
  private final Map<Frame, Integer> frameNumbers = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  private final Map<Long, Integer> stackNumbers = new HashMap<>();
  private int[] parents = new int[1024];
  private int[] stackFrames = new int[1024];
  private int count = 1;
  private boolean full;

  /**
   * Number of a sampled stack.
   *
   * @param backtrace the stack in the JVM's own form, or null if that is not known
   * @param site where the sample was taken; stands for the stack once the table is full
   */
  int number(Throwable stack, @Nullable Object backtrace, AllocationSite site) {
    long fingerprint = backtrace == null ? 0 : StackFingerprint.of(backtrace);
    synchronized (this) {
      Integer known = fingerprint == 0 ? null : byFingerprint.get(fingerprint);
      if (known != null) {
        return known;
      }
      if (full) {
        return number(site);
      }
    }
    StackTraceElement[] trace = stack.getStackTrace();
    synchronized (this) {
      int number = number(trace);
      if (fingerprint != 0) {
        byFingerprint.put(fingerprint, number);
      }
      return number;
    }
  }

  /** Forgets all stacks and takes no more; for when nothing is recorded any more. */
  public synchronized void clear() {
    full = true;
    byFingerprint.clear();
    frameNumbers.clear();
    frames.clear();
    stackNumbers.clear();
    parents = new int[1];
    stackFrames = new int[1];
    count = 1;
  }

  /** From now on stacks that are not known yet are named by their allocation site alone. */
  public synchronized void setFull() {
    full = true;
  }

  /** Whether unknown stacks are named by their allocation site alone. */
  public synchronized boolean isFull() {
    return full;
  }

  /** Estimate of the memory the table takes. */
  public synchronized long bytes() {
    return count * STACK_BYTES
        + frames.size() * FRAME_BYTES
        + byFingerprint.size() * FINGERPRINT_BYTES;
  }

  /** Number of the stack of {@code trace}, less the agent's own frames at its innermost end. */
  public synchronized int number(StackTraceElement[] trace) {
    int innermost = 0;
    while (innermost < trace.length && AgentClasses.contain(trace[innermost].getClassName())) {
      innermost++;
    }
    int stack = EMPTY;
    int outermost = full ? Math.min(innermost, trace.length - 1) : trace.length - 1;
    for (int i = outermost; i >= innermost; i--) {
      stack = child(stack, frame(trace[i]));
    }
    return stack;
  }

  /** Number of the stack of these frames, innermost first; of that one alone if it is full. */
  public synchronized int number(Frame[] innermostFirst) {
    int stack = EMPTY;
    for (int i = full ? 0 : innermostFirst.length - 1; i >= 0 && i < innermostFirst.length; i--) {
      stack = child(stack, innermostFirst[i]);
    }
    return stack;
  }

  /** Number of the stack that has the site's own frame alone. */
  synchronized int number(AllocationSite site) {
    return child(
        EMPTY, new Frame(site.className(), site.methodName(), site.fileName(), site.line()));
  }

  /** Names of the classes in all stacks. */
  public synchronized Set<String> classNames() {
    Set<String> names = new HashSet<>();
    frames.forEach(frame -> names.add(frame.className()));
    return names;
  }

  /** The caller's stack. */
  public synchronized int parent(int stack) {
    return parents[stack];
  }

  /** The innermost frame of {@code stack}. */
  public synchronized Frame frame(int stack) {
    return frames.get(stackFrames[stack]);
  }

  private int child(int parent, Frame frame) {
    Integer known = frameNumbers.get(frame);
    int number;
    if (known == null) {
      number = frames.size();
      frames.add(frame);
      frameNumbers.put(frame, number);
    } else {
      number = known;
    }
    Integer stack = stackNumbers.putIfAbsent(((long) parent << Integer.SIZE) | number, count);
    if (stack != null) {
      return stack;
    }
    if (count == parents.length) {
      parents = Arrays.copyOf(parents, count * 2);
      stackFrames = Arrays.copyOf(stackFrames, count * 2);
    }
    parents[count] = parent;
    stackFrames[count] = number;
    return count++;
  }

  private static Frame frame(StackTraceElement element) {
    String file = element.getFileName();
    int line = element.getLineNumber();
    return new Frame(
        ClassNames.withoutAddress(element.getClassName()),
        element.getMethodName(),
        file == null ? "" : file,
        element.isNativeMethod() ? Frame.NATIVE_LINE : Math.max(line, Frame.UNKNOWN_LINE));
  }
}
