package dev.heaplight.engine;

import dev.heaplight.hook.ObjectLayout;
import java.lang.instrument.Instrumentation;
import java.util.function.IntFunction;

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
    ObjectLayout.Probe.byteArrayBase = base(byte[]::new, 1, alignment);
    ObjectLayout.Probe.shortArrayBase = base(short[]::new, 2, alignment);
    ObjectLayout.Probe.intArrayBase = base(int[]::new, 4, alignment);
    ObjectLayout.Probe.longArrayBase = base(long[]::new, 8, alignment);
    long pairs = 64;
    long referenceBytes = (size(new Object[(int) pairs]) - size(new Object[0])) / pairs;
    ObjectLayout.Probe.referenceShift = Long.numberOfTrailingZeros(referenceBytes);
    ObjectLayout.Probe.referenceArrayBase = base(Object[]::new, (int) referenceBytes, alignment);
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
  private long base(IntFunction<Object> newArray, int elementBytes, long alignment) {
    long smallest = size(newArray.apply(0));
    for (int length = 1; length <= alignment + 1; length++) {
      if (size(newArray.apply(length)) > smallest) {
        return smallest - (length - 1L) * elementBytes;
      }
    }
    throw new IllegalStateException("array base: element bytes=" + elementBytes);
  }

  private long size(Object object) {
    return instrumentation.getObjectSize(object);
  }
}
