package dev.heaplight.engine.sample;

import org.jspecify.annotations.Nullable;

/**
 * A number that is equal for equal stacks, made from the JVM's own compact form of a stack trace.
 *
 * <p>Why: turning that form into frames costs 15-30 us, and nearly all sampled stacks have been
 * seen before. Hashing it costs a tenth of a microsecond for each 32 frames.
 *
 * <p>The form is a chain of chunks, each an array of arrays: numbers of methods, their positions in
 * bytecode, their classes, and the next chunk. Its order differs between JDKs, so everything is
 * hashed by its type. Classes count by identity: methods are numbered by class. Two stacks of the
 * same 64 bits are taken for one; among a million stacks the chance is 3 in 100 million.
 */
final class StackFingerprint {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private StackFingerprint() {}

  static long of(Object backtrace) {
    return backtrace instanceof Object[] chunk ? ofElements(MULTIPLIER, chunk) : 0;
  }

  private static long ofElements(long hash, @Nullable Object[] elements) {
    long h = hash;
    for (Object element : elements) {
      if (element instanceof short[] methods) {
        for (short method : methods) {
          h = mixed(h, method);
        }
      } else if (element instanceof int[] positions) {
        for (int position : positions) {
          h = mixed(h, position);
        }
      } else if (element instanceof Object[] nested) {
        h = ofElements(h, nested);
      } else if (element instanceof Class<?> type) {
        h = mixed(h, System.identityHashCode(type));
      }
    }
    return h;
  }

  private static long mixed(long hash, long value) {
    long h = (hash ^ value) * MULTIPLIER;
    return h ^ (h >>> 32);
  }
}
