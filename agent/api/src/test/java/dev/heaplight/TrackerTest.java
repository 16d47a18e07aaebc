package dev.heaplight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TrackerTest {
  private final Tracker.Builder builder = Tracker.named("job");

  @Test
  void attemptsAreCountedFromOne() {
    assertEquals(
        "attempt: actual=0, expected=at least 1",
        assertThrows(IllegalArgumentException.class, () -> builder.attempt(0)).getMessage());
    assertSame(builder, builder.attempt(1));
  }

  @Test
  void limitsAreAboveZero() {
    assertEquals(
        "limitLive: bytes=0, expected=above 0",
        assertThrows(IllegalArgumentException.class, () -> builder.limitLive(0)).getMessage());
    assertSame(builder, builder.limitLive(1));
  }
}
