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
  /** Null if the object was not allocated. */
  final @Nullable Throwable stack;

  final @Nullable Object backtrace;
  final @Nullable Class<?> allocatedClass;
  final int site;
  final double objects;
  final double bytes;
  final @Nullable LiveSample live;
  long siteCount;
  long siteSecond;
  @Nullable PendingSample next;

  /** A sample of an object that the JIT compiler did without. */
  public static PendingSample ofRemoved(int site) {
    return new PendingSample(null, null, null, site, 0, 0, null);
  }

  /**
   * Creates a sample.
   *
   * @param stack the stack, whose resolution is the costly part; null if nothing was allocated
   * @param backtrace the same stack in the JVM's own form, or null if that is not known
   * @param allocatedClass the object's class, or null if it was not found
   * @param objects how many objects it stands for
   * @param bytes how many bytes it stands for
   * @param live follows the object's life, or null if nobody wants to know
   */
  public PendingSample(
      @Nullable Throwable stack,
      @Nullable Object backtrace,
      @Nullable Class<?> allocatedClass,
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

  /** Notes the site's two counters as they were with the sampled object. */
  public PendingSample at(long count, long second) {
    siteCount = count;
    siteSecond = second;
    return this;
  }

  /** The site that was sampled. */
  public int site() {
    return site;
  }
}
