package dev.heaplight.engine.profiler;

import dev.heaplight.engine.sample.AgentClasses;
import dev.heaplight.engine.sample.StackTable;
import dev.heaplight.format.Frame;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

/**
 * Samples of allocations from JDK Flight Recorder, for where async-profiler cannot be had.
 *
 * <p>It takes 150 a second at most, and comes with them a second or two late. Its clock is that of
 * the day: a sample within a millisecond of a thread's change of scope may go to the wrong one.
 */
public final class FlightRecorderSource implements SampleSource {
  private static final String EVENT = "jdk.ObjectAllocationSample";
  private static final long SECOND_NANOS = 1_000_000_000;

  private final StackTable stacks;
  private final Consumer<Runnable> background;
  private final Queue<Sample> waiting = new ArrayDeque<>();
  private long epochOfZeroNanos;
  private @Nullable RecordingStream stream;
  private long samples;
  private double sampledBytes;

  private record Sample(
      long threadId, long nanos, int stack, String className, double objects, double bytes) {}

  private FlightRecorderSource(StackTable stacks, Consumer<Runnable> background) {
    this.stacks = stacks;
    this.background = background;
  }

  /**
   * A source, if this JVM has Flight Recorder.
   *
   * @param background runs what is given to it in a daemon thread of the agent's own
   * @throws IOException if it has not
   */
  public static FlightRecorderSource of(StackTable stacks, Consumer<Runnable> background)
      throws IOException {
    if (!FlightRecorder.isAvailable()) {
      throw new IOException("this JVM has none");
    }
    return new FlightRecorderSource(stacks, background);
  }

  @Override
  public String name() {
    return "JDK Flight Recorder";
  }

  @Override
  public boolean followsNativeMemory() {
    return false;
  }

  @Override
  public boolean isRunning() {
    return stream != null;
  }

  @Override
  public void start() throws IOException {
    try {
      RecordingStream started = new RecordingStream();
      var unused = started.enable(EVENT);
      started.onEvent(EVENT, this::add);
      started.setReuse(true);
      started.setOrdered(false);
      epochOfZeroNanos = epochNanos(Instant.now()) - System.nanoTime();
      stream = started;
      // Its own way to run beside us is a thread that keeps the JVM from ending.
      background.accept(() -> follow(started));
    } catch (IllegalStateException | SecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void follow(RecordingStream started) {
    try {
      started.start(); // returns when it is closed
    } catch (RuntimeException e) {
      return; // closed before it had begun
    }
  }

  private void add(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    RecordedClass type = event.getValue("objectClass");
    if (thread == null || type == null) {
      return;
    }
    int stack = StackTable.EMPTY;
    if (event.getStackTrace() != null) {
      Frame[] frames = frames(event.getStackTrace().getFrames());
      if (frames == null) {
        return;
      }
      stack = stacks.number(frames);
    }
    long bytes = event.getLong("weight");
    Sample sample =
        new Sample(
            thread.getJavaThreadId(),
            epochNanos(event.getStartTime()) - epochOfZeroNanos,
            stack,
            JvmNames.ofInternal(type.getName().replace('.', '/')),
            1,
            bytes);
    synchronized (waiting) {
      waiting.add(sample);
      samples++;
      sampledBytes += bytes;
    }
  }

  /** Null if the agent itself is among them. */
  private static Frame @Nullable [] frames(List<RecordedFrame> recorded) {
    Frame[] frames = new Frame[recorded.size()];
    for (int i = 0; i < frames.length; i++) {
      RecordedMethod method = recorded.get(i).getMethod();
      String className = JvmNames.ofInternal(method.getType().getName().replace('.', '/'));
      if (AgentClasses.contain(className)) {
        return null;
      }
      int line = Math.max(Frame.UNKNOWN_LINE, recorded.get(i).getLineNumber());
      frames[i] = new Frame(className, method.getName(), "", line);
    }
    return frames;
  }

  @Override
  public long poll(SampleReceiver receiver) {
    long nanos = System.nanoTime();
    Queue<Sample> taken;
    synchronized (waiting) {
      taken = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    for (Sample sample : taken) {
      receiver.allocated(
          sample.threadId(),
          sample.nanos(),
          sample.stack(),
          sample.className(),
          sample.objects(),
          sample.bytes());
    }
    return nanos - LATE_NANOS;
  }

  /** How late samples come, with some to spare. */
  static final long LATE_NANOS = 3 * SECOND_NANOS;

  @Override
  public long intervalBytes() {
    synchronized (waiting) {
      return samples == 0 ? 0 : Math.round(sampledBytes / samples);
    }
  }

  @Override
  public void pause() {
    close();
  }

  @Override
  public void close() {
    RecordingStream running = stream;
    stream = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public ThreadMark markCurrentThread() {
    return ThreadMark.NONE;
  }

  @Override
  public long lastSampleNanos(ThreadMark mark) {
    return Long.MAX_VALUE;
  }

  private static long epochNanos(Instant instant) {
    return instant.getEpochSecond() * SECOND_NANOS + instant.getNano();
  }
}
