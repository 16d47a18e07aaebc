package dev.heaplight.viewer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.format.LiveHeader;
import dev.heaplight.format.LiveKind;
import org.junit.jupiter.api.Test;

class MomentTextTest {
  @Test
  void momentNamesCollectionAndTime() {
    assertEquals("at GC 1,200 (G1 Old) after 1.4 s", text(1_400, 1_200, "G1 Old"));
  }

  @Test
  void momentOutsideACollectionCountsThoseBefore() {
    assertEquals("after 2 GCs and 9 ms", text(9, 2, ""));
    assertEquals("after 1 GC and 9 ms", text(9, 1, ""));
    assertEquals("before any GC, after 9 ms", text(9, 0, "G1 Old"));
  }

  @Test
  void momentOfAnotherRecorderHasNoCollections() {
    assertEquals("after 9 ms", text(9, LiveHeader.UNKNOWN_COLLECTION, ""));
  }

  private static String text(long millis, long collection, String collector) {
    return MomentText.of(new LiveHeader(LiveKind.PEAK, millis, collection, collector, 1));
  }
}
