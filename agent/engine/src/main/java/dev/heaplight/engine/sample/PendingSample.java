package dev.heaplight.engine.sample;

import org.jspecify.annotations.Nullable;

/**
 * A stack as the thread took it, not resolved yet.
 *
 * <p>The throwable holds the JVM's own compact form; turning it into frames costs several times as
 * much as taking it and is left to the recorder.
 */
public final class PendingSample {
  final Throwable stack;
  final Class<?> allocatedClass;
  final int site;
  final double objects;
  final double bytes;
  @Nullable PendingSample next;

  /**
   * Creates a sample.
   *
   * @param objects how many objects it stands for
   * @param bytes how many bytes it stands for
   */
  public PendingSample(
      Throwable stack, Class<?> allocatedClass, int site, double objects, double bytes) {
    this.stack = stack;
    this.allocatedClass = allocatedClass;
    this.site = site;
    this.objects = objects;
    this.bytes = bytes;
  }
}
