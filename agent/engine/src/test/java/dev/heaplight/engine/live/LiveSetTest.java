package dev.heaplight.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSetTest {
  private static final int MANY = 3 * LiveSet.MAX_SAMPLES;

  private final LiveSet set = new LiveSet();
  private final List<Object> alive = new ArrayList<>();

  @AfterEach
  void letGo() {
    set.clear();
  }

  @Test
  void samplesAreKeptWithTheirWeights() {
    add(1, 24);
    add(2, 100);
    assertEquals(124, bytes());
    assertEquals(3, objects());
    assertEquals(2, set.size());
  }

  @Test
  void clearedReferencesAreHandedOverOnceAndGone() {
    LiveSample dead = add(5, 50);
    add(1, 24);
    dead.clear();
    List<LiveSample> buried = new ArrayList<>();
    set.removeDead((sample, scale) -> buried.add(sample));
    set.removeDead((sample, scale) -> buried.add(sample));
    assertEquals(List.of(dead), buried);
    assertEquals(24, bytes());
  }

  @Test
  void thinningKeepsSumsAndStaysBelowItsBound() {
    for (int i = 0; i < MANY; i++) {
      add(1, 100);
    }
    assertTrue(set.size() <= LiveSet.MAX_SAMPLES, () -> "size=" + set.size());
    assertEquals(100.0 * MANY, bytes(), 100.0 * MANY * 0.03);
    assertEquals(MANY, objects(), MANY * 0.03);
  }

  @Test
  void thinningNeverDropsOrDoublesALargeObject() {
    LiveSample large = add(1, 1e9);
    for (int i = 0; i < MANY; i++) {
      add(1, 100);
    }
    double[] bytes = new double[1];
    set.forEach((sample, scale) -> bytes[0] += sample == large ? scale * sample.bytes() : 0);
    assertEquals(1e9, bytes[0]);
  }

  @Test
  void whatIsLeftMovesOnWhole() {
    add(1, 24);
    add(1, 40);
    LiveSet outer = new LiveSet();
    outer.takeAll(set);
    assertEquals(0, set.size());
    assertEquals(2, outer.size());
    outer.clear();
  }

  @Test
  void memoryIsGivenBackWithTheSamples() {
    long before = LiveSet.totalBytes();
    add(1, 24);
    LiveSet copy = set.copy();
    assertTrue(LiveSet.totalBytes() > before);
    copy.clear();
    set.clear();
    assertEquals(before, LiveSet.totalBytes());
  }

  private LiveSample add(double objects, double bytes) {
    Object object = new Object();
    alive.add(object);
    LiveSample sample = new LiveSample(object, objects, bytes, 0, 0);
    set.add(sample);
    return sample;
  }

  private double bytes() {
    double[] sum = new double[1];
    set.forEach((sample, scale) -> sum[0] += scale * sample.bytes());
    return sum[0];
  }

  private double objects() {
    double[] sum = new double[1];
    set.forEach((sample, scale) -> sum[0] += scale * sample.objects());
    return sum[0];
  }
}
