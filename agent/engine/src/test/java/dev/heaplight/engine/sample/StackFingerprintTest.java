package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class StackFingerprintTest {
  @Test
  void equalArraysHaveEqualFingerprints() {
    assertEquals(of(1, 10, String.class, 2), of(1, 10, String.class, 2));
  }

  @Test
  void methodPositionAndClassAllCount() {
    long fingerprint = of(1, 10, String.class, 2);
    assertNotEquals(fingerprint, of(3, 10, String.class, 2));
    assertNotEquals(fingerprint, of(1, 11, String.class, 2));
    assertNotEquals(fingerprint, of(1, 10, Integer.class, 2));
  }

  @Test
  void laterChunksCount() {
    assertNotEquals(of(1, 10, String.class, 2), of(1, 10, String.class, 3));
  }

  @Test
  void unknownFormIsNone() {
    assertEquals(0, StackFingerprint.of("something else"));
  }

  private static long of(int method, int position, Class<?> type, int nextMethod) {
    Object[] next = {new short[] {(short) nextMethod}, new int[] {1}, new Object[] {type}, null};
    return StackFingerprint.of(
        new Object[] {
          new short[] {(short) method, 0},
          new int[] {position, 0},
          new Object[] {type, null},
          new long[] {99},
          next
        });
  }
}
