package dev.heaplight.engine;

import dev.heaplight.hook.ObjectLayout;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;

/** Measures how large this JVM makes arrays, by asking it for the sizes of a few. */
final class ObjectLayoutProbe {
  private static final int MAX_ALIGNMENT = 256;

  private final Instrumentation instrumentation;

  ObjectLayoutProbe(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Measures; before the first hook counts. */
  void measure() {
    long alignment = alignment();
    ObjectLayout.Probe.alignment = alignment;
    ObjectLayout.Probe.byteArrayBase = base(byte.class, 1, alignment);
    ObjectLayout.Probe.shortArrayBase = base(short.class, 2, alignment);
    ObjectLayout.Probe.intArrayBase = base(int.class, 4, alignment);
    ObjectLayout.Probe.longArrayBase = base(long.class, 8, alignment);
    long pairs = 64;
    long referenceBytes = (size(new Object[(int) pairs]) - size(new Object[0])) / pairs;
    ObjectLayout.Probe.referenceShift = Long.numberOfTrailingZeros(referenceBytes);
    ObjectLayout.Probe.referenceArrayBase = base(Object.class, (int) referenceBytes, alignment);
  }

  /** Distance between the two smallest sizes of byte arrays. */
  private long alignment() {
    long smallest = size(new byte[0]);
    for (int length = 1; length <= MAX_ALIGNMENT; length++) {
      long larger = size(new byte[length]);
      if (larger > smallest) {
        return larger - smallest;
      }
    }
    throw new IllegalStateException("object alignment: expected at most=" + MAX_ALIGNMENT);
  }

  /**
   * The first length that no longer fits the smallest array's size tells how much of it the header
   * takes: one element fewer fills it to the last aligned byte.
   */
  private long base(Class<?> elementType, int elementBytes, long alignment) {
    long smallest = size(Array.newInstance(elementType, 0));
    for (int length = 1; length <= alignment + 1; length++) {
      if (size(Array.newInstance(elementType, length)) > smallest) {
        return smallest - (length - 1L) * elementBytes;
      }
    }
    throw new IllegalStateException("array base: element bytes=" + elementBytes);
  }

  private long size(Object object) {
    return instrumentation.getObjectSize(object);
  }
}
