package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTermsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none, 1", "1, 1", "12, 12", "0, 1", "-3, 1", "x, 1", "'', 1", "99999999999, 1"})
  void attemptOfAWorkerIsANumberFromOne(String given, String expected) {
    assertEquals(expected, TaskTerms.attemptOf(given));
  }

  @Test
  void openersWordGoesFirst() {
    assertEquals(4, TaskTerms.of(Map.of("attempt", "4")).attempt());
  }

  @Test
  void actorsAreNotRetriableUnlessTheySaySo() {
    assertTrue(TaskTerms.of(Map.of("kind", "task")).retriable());
    assertFalse(TaskTerms.of(Map.of("kind", "actor")).retriable());
    assertTrue(TaskTerms.of(Map.of("kind", "actor", "retriable", "true")).retriable());
  }
}
