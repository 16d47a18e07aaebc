package dev.heaplight.engine.sample;

import dev.heaplight.engine.live.LiveSample;
import org.jspecify.annotations.Nullable;

/**
 * A stack as the thread took it, not resolved yet.
 *
 * <p>The throwable holds the JVM's own compact form; turning it into frames costs several times as
 * much as taking it and is left to the recorder.
 */
public final class PendingSample {
  final Throwable stack;
  final @Nullable Object backtrace;
  final Class<?> allocatedClass;
  final int site;
  final double objects;
  final double bytes;
  final @Nullable LiveSample live;
  @Nullable PendingSample next;

  /**
   * Creates a sample.
   *
   * @param stack the stack; its resolution is the costly part
   * @param backtrace the same stack in the JVM's own form, or null if that is not known
   * @param objects how many objects it stands for
   * @param bytes how many bytes it stands for
   * @param live follows the object's life, or null if nobody wants to know
   */
  public PendingSample(
      Throwable stack,
      @Nullable Object backtrace,
      Class<?> allocatedClass,
      int site,
      double objects,
      double bytes,
      @Nullable LiveSample live) {
    this.stack = stack;
    this.backtrace = backtrace;
    this.allocatedClass = allocatedClass;
    this.site = site;
    this.objects = objects;
    this.bytes = bytes;
    this.live = live;
  }
}
