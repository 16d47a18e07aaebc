package dev.heaplight.hook;

import jdk.internal.vm.annotation.ForceInline;

/**
 * Sizes of arrays in this JVM, in bytes, header and alignment included.
 *
 * <p>The constants depend on compressed class pointers, compressed references, compact headers and
 * object alignment. {@link Probe} holds what was measured at start-up; this class copies it into
 * finals when it is first used, so that compiled code sees constants.
 */
public final class ObjectLayout {
  private static final long ALIGNMENT = Probe.alignment;
  private static final long BYTES = Probe.byteArrayBase + ALIGNMENT - 1;
  private static final long SHORTS = Probe.shortArrayBase + ALIGNMENT - 1;
  private static final long INTS = Probe.intArrayBase + ALIGNMENT - 1;
  private static final long LONGS = Probe.longArrayBase + ALIGNMENT - 1;
  private static final long REFERENCES = Probe.referenceArrayBase + ALIGNMENT - 1;
  private static final int REFERENCE_SHIFT = Probe.referenceShift;

  private ObjectLayout() {}

  /** What start-up measured; set before {@link ObjectLayout} is first used. Units: bytes. */
  public static final class Probe {
    /** Power of two that every object's size is a multiple of. */
    public static long alignment = 8;

    /** Offset of the first element of a {@code byte[]} or {@code boolean[]}. */
    public static long byteArrayBase = 16;

    /** Offset of the first element of a {@code char[]} or {@code short[]}. */
    public static long shortArrayBase = 16;

    /** Offset of the first element of an {@code int[]} or {@code float[]}. */
    public static long intArrayBase = 16;

    /** Offset of the first element of a {@code long[]} or {@code double[]}. */
    public static long longArrayBase = 16;

    /** Offset of the first element of an {@code Object[]}. */
    public static long referenceArrayBase = 16;

    /** Binary logarithm of a reference's size: 2 when references are compressed, else 3. */
    public static int referenceShift = 2;

    private Probe() {}
  }

  /** Size of a {@code byte[length]}. */
  @ForceInline
  public static long byteArray(int length) {
    return (BYTES + length) & -ALIGNMENT;
  }

  /** Size of a {@code short[length]}. */
  @ForceInline
  public static long shortArray(int length) {
    return (SHORTS + ((long) length << 1)) & -ALIGNMENT;
  }

  /** Size of an {@code int[length]}. */
  @ForceInline
  public static long intArray(int length) {
    return (INTS + ((long) length << 2)) & -ALIGNMENT;
  }

  /** Size of a {@code long[length]}. */
  @ForceInline
  public static long longArray(int length) {
    return (LONGS + ((long) length << 3)) & -ALIGNMENT;
  }

  /** Size of an {@code Object[length]}. */
  @ForceInline
  public static long referenceArray(int length) {
    return (REFERENCES + ((long) length << REFERENCE_SHIFT)) & -ALIGNMENT;
  }

  /** Size of a primitive array, or 0 if {@code object} is none. */
  static long primitiveArray(Object object) {
    if (object instanceof int[] a) {
      return intArray(a.length);
    } else if (object instanceof char[] a) {
      return shortArray(a.length);
    } else if (object instanceof long[] a) {
      return longArray(a.length);
    } else if (object instanceof byte[] a) {
      return byteArray(a.length);
    } else if (object instanceof boolean[] a) {
      return byteArray(a.length);
    } else if (object instanceof short[] a) {
      return shortArray(a.length);
    } else if (object instanceof float[] a) {
      return intArray(a.length);
    } else if (object instanceof double[] a) {
      return longArray(a.length);
    }
    return 0;
  }

  /** Size of an array just made by {@code multianewarray}, its inner arrays included. */
  static long nestedBytes(Object array) {
    if (array instanceof Object[] outer) {
      long own = referenceArray(outer.length);
      // All inner arrays have the same dimensions; an absent one was not asked for.
      return outer.length == 0 || outer[0] == null
          ? own
          : own + outer.length * nestedBytes(outer[0]);
    }
    return primitiveArray(array);
  }

  /** Number of arrays that {@link #nestedBytes} measures. */
  static long nestedCount(Object array) {
    return array instanceof Object[] outer && outer.length != 0 && outer[0] != null
        ? 1 + outer.length * nestedCount(outer[0])
        : 1;
  }

  /** Size of an array and of all arrays below it, each looked at. */
  static long treeBytes(Object array) {
    if (!(array instanceof Object[] outer)) {
      return primitiveArray(array);
    }
    long sum = referenceArray(outer.length);
    for (Object element : outer) {
      if (element != null && element.getClass().isArray()) {
        sum += treeBytes(element);
      }
    }
    return sum;
  }

  /** Number of arrays that {@link #treeBytes} measures. */
  static long treeCount(Object array) {
    long sum = 1;
    if (array instanceof Object[] outer) {
      for (Object element : outer) {
        if (element != null && element.getClass().isArray()) {
          sum += treeCount(element);
        }
      }
    }
    return sum;
  }
}
