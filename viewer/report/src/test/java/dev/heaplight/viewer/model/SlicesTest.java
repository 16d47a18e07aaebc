package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void entriesBelongToTheSliceThatWasBegunLast() {
    Slices slices = new Slices();
    slices.begin(0);
    slices.add(1, 2, 3, 4, 5);
    slices.begin(0);
    slices.add(2, 2, 3, 1, 8);
    slices.begin(1_000);
    slices.begin(2_000);
    slices.add(1, 2, 3, 6, 7);
    assertEquals(3, slices.count());
    assertEquals(0, slices.firstEntry(0));
    assertEquals(2, slices.endEntry(0));
    assertEquals(2, slices.endEntry(1));
    assertEquals(3, slices.endEntry(2));
    assertEquals(2_000, slices.startMillis(2));
    assertEquals(7, slices.bytes(2));
  }

  @Test
  void tooManySlicesBecomeCoarserAndLoseNothing() {
    Slices slices = new Slices();
    int begun = 5 * Slices.MAX_SLICES + 3;
    for (int slice = 0; slice < begun; slice++) {
      slices.begin(slice * 1_000L);
      slices.add(1, 1, 1, 1, 16);
      slices.add(1 + slice % 7, 2, 1, 1, slice);
    }
    assertTrue(slices.count() <= Slices.MAX_SLICES);
    long bytes = 0;
    long last = -1;
    for (int slice = 0; slice < slices.count(); slice++) {
      assertTrue(slices.startMillis(slice) > last);
      last = slices.startMillis(slice);
      assertTrue(slices.endEntry(slice) - slices.firstEntry(slice) <= 8, "rows are added up");
      for (int entry = slices.firstEntry(slice); entry < slices.endEntry(slice); entry++) {
        bytes += slices.bytes(entry);
      }
    }
    assertEquals(16L * begun + (long) begun * (begun - 1) / 2, bytes);
    assertEquals(0, slices.startMillis(0));
  }

  @Test
  void tooManyEntriesAreJoined() {
    Slices slices = new Slices();
    int each = Slices.MAX_ENTRIES / 4;
    for (int slice = 0; slice < 8; slice++) {
      slices.begin(slice);
      for (int entry = 0; entry < each; entry++) {
        slices.add(entry, 1, 1, 1, 1);
      }
    }
    assertTrue(slices.endEntry(slices.count() - 1) <= 2 * Slices.MAX_ENTRIES);
    long objects = 0;
    for (int entry = 0; entry < slices.endEntry(slices.count() - 1); entry++) {
      objects += slices.objects(entry);
    }
    assertEquals(8L * each, objects);
  }
}
