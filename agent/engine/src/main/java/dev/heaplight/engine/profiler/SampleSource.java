package dev.heaplight.engine.profiler;

import java.io.IOException;

/** Where samples come from. One thread at a time, but for questions about its state. */
public interface SampleSource {
  /** What it is, as recordings and reports name it. */
  String name();

  /** Whether blocks that native code takes are sampled as well. */
  boolean followsNativeMemory();

  /** Whether samples are being taken. */
  boolean isRunning();

  /**
   * Begins to take samples.
   *
   * @throws IOException with a one-line message if that is not possible
   */
  void start() throws IOException;

  /**
   * Hands out the samples taken since the last call.
   *
   * @return the time up to which all samples have been handed out, as of {@link System#nanoTime}
   * @throws IOException if they cannot be read; those of later calls may be
   */
  long poll(SampleReceiver receiver) throws IOException;

  /** Mean distance of samples in bytes. */
  long intervalBytes();

  /** Takes no samples until it is started again. What was not polled may be lost. */
  void pause();

  /** Ends the taking of samples for good. */
  void close();

  /**
   * When the calling thread was last sampled, as of {@link System#nanoTime}; {@link Long#MAX_VALUE}
   * where that is not known.
   */
  long lastSampleNanos(ThreadMark mark);

  /** A mark of the calling thread, by which it is asked for later. */
  ThreadMark markCurrentThread();
}
