package dev.heaplight.monitor.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1000",
    "1, 1, 500",
    "2, 0, 2000",
    "3, 0.5, 3000",
    "6, 0, 32000",
    "7, 0, 60000",
    "1000, 0, 60000",
    "1000, 1, 30000"
  })
  void delayDoublesUpToAMinute(int retry, double chance, long millis) {
    assertEquals(millis, Backoff.delayMillis(retry, chance));
  }
}
