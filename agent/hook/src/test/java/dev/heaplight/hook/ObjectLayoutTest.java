package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The default layout: 16 bytes of array header, 4-byte references, 8-byte alignment. */
@ExtendWith(FreshHook.class)
class ObjectLayoutTest {
  @Test
  void byteArraysTakeOneByteAnElement() {
    assertEquals(16, ObjectLayout.byteArray(0));
    assertEquals(24, ObjectLayout.byteArray(1));
    assertEquals(24, ObjectLayout.byteArray(8));
    assertEquals(32, ObjectLayout.byteArray(9));
    assertEquals(1_048_592, ObjectLayout.byteArray(1 << 20));
  }

  @Test
  void shortArraysTakeTwoBytesAnElement() {
    assertEquals(16, ObjectLayout.shortArray(0));
    assertEquals(24, ObjectLayout.shortArray(1));
    assertEquals(24, ObjectLayout.shortArray(4));
    assertEquals(32, ObjectLayout.shortArray(5));
  }

  @Test
  void intArraysTakeFourBytesAnElement() {
    assertEquals(16, ObjectLayout.intArray(0));
    assertEquals(24, ObjectLayout.intArray(2));
    assertEquals(32, ObjectLayout.intArray(3));
  }

  @Test
  void longArraysTakeEightBytesAnElement() {
    assertEquals(16, ObjectLayout.longArray(0));
    assertEquals(24, ObjectLayout.longArray(1));
    assertEquals(40, ObjectLayout.longArray(3));
  }

  @Test
  void referenceArraysTakeFourBytesAnElement() {
    assertEquals(16, ObjectLayout.referenceArray(0));
    assertEquals(24, ObjectLayout.referenceArray(1));
    assertEquals(24, ObjectLayout.referenceArray(2));
    assertEquals(32, ObjectLayout.referenceArray(3));
  }

  @Test
  void longestArraysDoNotOverflow() {
    assertEquals(2_147_483_664L, ObjectLayout.byteArray(Integer.MAX_VALUE));
    assertEquals(4_294_967_312L, ObjectLayout.shortArray(Integer.MAX_VALUE));
    assertEquals(8_589_934_608L, ObjectLayout.intArray(Integer.MAX_VALUE));
    assertEquals(17_179_869_192L, ObjectLayout.longArray(Integer.MAX_VALUE));
    assertEquals(8_589_934_608L, ObjectLayout.referenceArray(Integer.MAX_VALUE));
  }

  @Test
  void primitiveArraysAreToldApart() {
    assertEquals(24, ObjectLayout.primitiveArray(new byte[5]));
    assertEquals(24, ObjectLayout.primitiveArray(new boolean[5]));
    assertEquals(32, ObjectLayout.primitiveArray(new char[5]));
    assertEquals(32, ObjectLayout.primitiveArray(new short[5]));
    assertEquals(40, ObjectLayout.primitiveArray(new int[5]));
    assertEquals(40, ObjectLayout.primitiveArray(new float[5]));
    assertEquals(56, ObjectLayout.primitiveArray(new long[5]));
    assertEquals(56, ObjectLayout.primitiveArray(new double[5]));
    assertEquals(0, ObjectLayout.primitiveArray(new Object[5]));
    assertEquals(0, ObjectLayout.primitiveArray("text"));
  }

  @Test
  void nestedArraysIncludeTheirInnerOnes() {
    assertNested(new int[3][2], 1 + 3, 32 + 3 * 24);
    assertNested(new byte[2][3][9], 1 + 2 + 2 * 3, 24 + 2 * 32 + 6 * 32);
    assertNested(new String[2][4], 1 + 2, 24 + 2 * 32);
  }

  @Test
  void nestedArraysWithoutInnerOnesAreSingle() {
    assertNested(new int[0][5], 1, 16);
    assertNested(new int[5][], 1, 40);
    assertNested(new int[2][3][], 1 + 2, 24 + 2 * 32);
    assertNested(new long[4], 1, 48);
  }

  @Test
  void treesAreLookedAtElementByElement() {
    Object[] tree = {new short[3], null, "no array", new Object[] {new int[1], new long[2]}};
    assertEquals(1 + 1 + 1 + 2, ObjectLayout.treeCount(tree));
    assertEquals(32 + 24 + 24 + 24 + 32, ObjectLayout.treeBytes(tree));
    assertEquals(1, ObjectLayout.treeCount(new int[4]));
    assertEquals(32, ObjectLayout.treeBytes(new int[4]));
  }

  @Test
  void measuredLayoutIsTakenOver() {
    ObjectLayout.Probe.alignment = 16;
    ObjectLayout.Probe.byteArrayBase = 12;
    ObjectLayout.Probe.shortArrayBase = 12;
    ObjectLayout.Probe.intArrayBase = 12;
    ObjectLayout.Probe.longArrayBase = 16;
    ObjectLayout.Probe.referenceArrayBase = 16;
    ObjectLayout.Probe.referenceShift = 3;
    assertEquals(16, ObjectLayout.byteArray(4));
    assertEquals(32, ObjectLayout.byteArray(5));
    assertEquals(16, ObjectLayout.shortArray(2));
    assertEquals(32, ObjectLayout.intArray(2));
    assertEquals(32, ObjectLayout.longArray(1));
    assertEquals(48, ObjectLayout.referenceArray(3));
  }

  private static void assertNested(Object array, long count, long bytes) {
    assertEquals(count, ObjectLayout.nestedCount(array));
    assertEquals(bytes, ObjectLayout.nestedBytes(array));
  }
}
