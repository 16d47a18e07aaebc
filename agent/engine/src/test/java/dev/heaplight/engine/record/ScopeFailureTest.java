package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScopeFailureTest {
  private static final Map<String, String> FIRST = Map.of("message", "first");
  private static final Map<String, String> COMPLETE = Map.of("message", "complete");

  private final ScopeFailure failure =
      new ScopeFailure(facts -> new AssertionError(facts.get("message")), FIRST);

  @Test
  void eachThreadIsToldOnce() {
    failure.complete(COMPLETE);
    assertTrue(failure.concerns(7));
    assertNotNull(failure.take(7));
    assertFalse(failure.concerns(7));
    assertNull(failure.take(7));
    assertTrue(failure.concerns(8));
    assertNotNull(failure.take(8));
  }

  @Test
  @Timeout(60)
  void aThreadWaitsForWhatItsErrorIsToSay() throws Exception {
    FutureTask<String> told = new FutureTask<>(() -> told(7));
    Thread thread = new Thread(told);
    thread.start();
    while (failure.concerns(7)) {
      Thread.onSpinWait();
    }
    failure.complete(COMPLETE);
    assertEquals("complete", told.get());
  }

  @Test
  void whatIsLateIsNotWaitedForAnyLonger() {
    long startNanos = System.nanoTime();
    assertEquals("first", told(7));
    long waitedMillis = (System.nanoTime() - startNanos) / 1_000_000;
    assertTrue(waitedMillis >= ScopeFailure.PATIENCE_MILLIS, () -> "waited=" + waitedMillis);
  }

  @Test
  void anInterruptedThreadDoesNotWaitAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertEquals("first", told(7));
    assertTrue(Thread.interrupted());
  }

  @Test
  void looksGetRarerAfterManyInVain() {
    assertEquals(0, failure.patienceBytes());
    for (int i = 0; i < 1_000; i++) {
      failure.refused();
    }
    assertEquals(16 << 10, failure.patienceBytes());
  }

  private String told(long threadId) {
    return String.valueOf(Objects.requireNonNull(failure.take(threadId)).getMessage());
  }
}
