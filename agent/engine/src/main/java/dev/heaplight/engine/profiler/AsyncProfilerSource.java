package dev.heaplight.engine.profiler;

import dev.heaplight.engine.sample.StackTable;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import one.profiler.AsyncProfiler;
import one.profiler.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Samples of allocations from async-profiler.
 *
 * <p>It writes JFR chunks into a file of ours, which is read on at each poll: a chunk is ended by
 * its {@code dump} command, which takes half a millisecond. The file is begun anew when it is large
 * or the interval changes; the samples of less than a millisecond are missed then.
 *
 * <p>Clock: {@code clock=monotonic} makes it date samples by that of {@link System#nanoTime}.
 *
 * <p>Interval: where it is not fixed {@link SampleRate} widens and narrows it.
 *
 * <p>One profiler of a JVM may sample allocations: a second one is told so when it starts.
 */
public final class AsyncProfilerSource implements SampleSource {
  /** Interval unless options say otherwise. */
  public static final long DEFAULT_INTERVAL_BYTES = 512 << 10;

  /** Blocks of native code are sampled once in so many bytes. */
  static final int NATIVE_INTERVAL_BYTES = 32 << 10;

  /** Each block that is freed is noted, sampled or not; with more of them that is given up. */
  private static final long MAX_NATIVE_EVENTS_PER_SECOND = 50_000;

  /** So many more may come at times: compilers take and free many blocks as a program starts. */
  private static final long MAX_NATIVE_BURST = 1_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long MAX_FILE_BYTES = 8 << 20;
  private static final int CHUNK_HEADER_BYTES = 68;
  private static final int CHUNK_LENGTH_OFFSET = 8;

  private final AsyncProfiler profiler;
  private final ChunkReader reader;
  private final UnlinkedFile file;
  private final SampleRate rate;
  private final LongSupplier processCpuNanos;
  private final @Nullable MethodHandle threadBuffer;
  private long intervalBytes;
  private long readBytes;
  private long nativeEvents;
  private long nativeSinceNanos;
  private volatile boolean nativeMemory;
  private volatile boolean running;

  /**
   * Loads the library and prepares a file; samples are not taken yet.
   *
   * @param stacks numbers the stacks
   * @param session a further directory for the library, or null
   * @param fixedIntervalBytes 0 for one that adapts itself
   * @param nativeMemory whether blocks of native code are sampled as well
   * @param processCpuNanos processor time of the process so far; negative if it is not known
   * @throws IOException with a one-line message that says why it is not available
   */
  public AsyncProfilerSource(
      StackTable stacks,
      @Nullable Path session,
      long fixedIntervalBytes,
      boolean nativeMemory,
      LongSupplier processCpuNanos)
      throws IOException {
    this.nativeMemory = nativeMemory;
    this.profiler = NativeLibrary.load(session);
    this.reader = new ChunkReader(stacks);
    boolean fixed = fixedIntervalBytes > 0;
    this.rate = new SampleRate(fixed ? fixedIntervalBytes : DEFAULT_INTERVAL_BYTES, fixed);
    this.processCpuNanos = processCpuNanos;
    this.intervalBytes = rate.intervalBytes();
    this.file = UnlinkedFile.create("heaplight-profiler", ".jfr");
    this.threadBuffer = threadBuffer();
  }

  @Override
  public String name() {
    return "async-profiler";
  }

  @Override
  public boolean followsNativeMemory() {
    return nativeMemory;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public long intervalBytes() {
    return intervalBytes;
  }

  @Override
  public void start() throws IOException {
    if (!running) {
      begin();
      rate.begin(System.nanoTime(), processCpuNanos.getAsLong());
      nativeEvents = 0;
      nativeSinceNanos = System.nanoTime();
      running = true;
    }
  }

  private void begin() throws IOException {
    // The file of the last time is written over; what was in it has been read.
    String unused =
        execute(
            "start,event=alloc,alloc="
                + intervalBytes
                + (nativeMemory ? ",nativemem=" + NATIVE_INTERVAL_BYTES : ",cstack=no")
                + ",clock=monotonic,jfr,file="
                + file.path());
    readBytes = 0;
  }

  @Override
  public long poll(SampleReceiver receiver) throws IOException {
    long nanos = System.nanoTime();
    if (!running) {
      return nanos;
    }
    String unused = execute("dump,jfr,file=" + file.path());
    readOn(receiver);
    long allowed = (nanos - nativeSinceNanos) / (SECOND_NANOS / MAX_NATIVE_EVENTS_PER_SECOND);
    nativeEvents = Math.max(0, nativeEvents - allowed);
    nativeSinceNanos = nanos;
    long nextIntervalBytes = intervalBytes;
    boolean busy = nativeEvents > MAX_NATIVE_BURST;
    if (rate.isDue(nanos)) {
      nextIntervalBytes = rate.adapted(nanos, processCpuNanos.getAsLong());
    }
    if (nextIntervalBytes != intervalBytes || readBytes > MAX_FILE_BYTES || busy) {
      unused = execute("stop");
      running = false; // until it has begun again, which may fail
      readOn(receiver); // what came while the rest was read, by the same interval
      intervalBytes = nextIntervalBytes;
      nativeMemory &= !busy;
      begin();
      running = true;
    }
    return nanos;
  }

  private void readOn(SampleReceiver receiver) throws IOException {
    ByteBuffer chunks = wholeChunks(file.readFrom(readBytes));
    if (chunks.remaining() > 0) {
      readBytes += chunks.remaining();
      rate.add(reader.read(chunks, intervalBytes, NATIVE_INTERVAL_BYTES, receiver));
      nativeEvents += reader.nativeEvents();
    }
  }

  /** Without the chunk that is being written: its header says 0 for its length. */
  private static ByteBuffer wholeChunks(ByteBuffer bytes) {
    int end = 0;
    while (bytes.limit() - end >= CHUNK_HEADER_BYTES) {
      long length = bytes.getLong(end + CHUNK_LENGTH_OFFSET);
      if (length < CHUNK_HEADER_BYTES || length > bytes.limit() - end) {
        break;
      }
      end += Math.toIntExact(length);
    }
    return bytes.limit(end);
  }

  @Override
  public void pause() {
    try {
      if (running) {
        running = false;
        String unused = execute("stop");
      }
    } catch (IOException e) {
      return; // another has stopped it
    }
  }

  @Override
  public void close() {
    pause();
    try {
      file.close();
    } catch (IOException e) {
      return; // it has no name any more, and ends with the process
    }
  }

  @Override
  public ThreadMark markCurrentThread() {
    MethodHandle handle = threadBuffer;
    if (handle == null) {
      return ThreadMark.NONE;
    }
    try {
      ByteBuffer buffer = (ByteBuffer) handle.invokeExact();
      return buffer == null
          ? ThreadMark.NONE
          : new ThreadMark(buffer.order(ByteOrder.nativeOrder()));
    } catch (Throwable t) {
      return ThreadMark.NONE;
    }
  }

  @Override
  public long lastSampleNanos(ThreadMark mark) {
    ByteBuffer buffer = mark.buffer();
    return buffer == null ? Long.MAX_VALUE : buffer.getLong(0);
  }

  /** What its own spans ask for; absent in another version. */
  private static @Nullable MethodHandle threadBuffer() {
    try {
      return MethodHandles.privateLookupIn(Recording.class, MethodHandles.lookup())
          .findStatic(
              Recording.class, "getThreadLocalBuffer", MethodType.methodType(ByteBuffer.class));
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private String execute(String command) throws IOException {
    try {
      return profiler.execute(command);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
