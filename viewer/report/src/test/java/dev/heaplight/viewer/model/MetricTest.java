package dev.heaplight.viewer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void keysAreStable() {
    assertEquals(
        List.of("allocated", "peak", "surviving", "temporary", "off-heap", "off-heap-live"),
        Arrays.stream(Metric.values()).map(Metric::key).toList());
  }

  @Test
  void headingBeginsWithACapital() {
    assertEquals("Live at peak", Metric.PEAK.heading());
  }
}
