package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScopeTaskTest {
  private static final long AN_HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final TaskTerms terms = TaskTerms.of(Map.of());
  private final ScopeTask task =
      new ScopeTask(1, terms, facts -> new AssertionError(facts.get("message")));

  @Test
  void aTaskWithoutAnErrorCannotFail() {
    ScopeTask without = new ScopeTask(1, terms, null);
    assertFalse(without.canFail());
    assertNull(without.fail(Map.of()));
    assertNull(without.failure());
    assertTrue(task.canFail());
  }

  @Test
  void anOrderStandsUntilItIsDropped() {
    ScopeFailure order = Objects.requireNonNull(task.fail(Map.of()));
    assertSame(order, task.failure());
    task.drop(order);
    assertNull(task.failure());
  }

  @Test
  void aFormerOrderThatIsDroppedLeavesTheLatter() {
    ScopeFailure former = Objects.requireNonNull(task.fail(Map.of()));
    ScopeFailure latter = Objects.requireNonNull(task.fail(Map.of()));
    task.drop(former);
    assertSame(latter, task.failure());
  }

  @Test
  void anEndedTaskKeepsNothingOfTheApplication() {
    assertNotNull(task.fail(Map.of()));
    task.end();
    assertNull(task.failure());
    assertFalse(task.canFail());
    assertNull(task.fail(Map.of()));
  }

  @Test
  void aTaskThatIsNotHeldBackGoesOn() {
    assertFalse(task.isHeld());
    task.awaitRelease();
    assertFalse(task.isHeld());
  }

  @Test
  void threadsWaitWhileATaskIsHeldBack() {
    long startNanos = System.nanoTime();
    task.holdBack(20);
    assertTrue(task.isHeld());
    task.awaitRelease();
    assertTrue(System.nanoTime() - startNanos >= TimeUnit.MILLISECONDS.toNanos(20));
    assertFalse(task.isHeld());
  }

  @Test
  void anOrderToFailReleasesThoseHeldBack() throws InterruptedException {
    task.holdBack(AN_HOUR_MILLIS);
    Thread waiting = waiting();
    assertNotNull(task.fail(Map.of()));
    waiting.join();
    assertFalse(task.isHeld());
  }

  @Test
  void aTaskThatIsToFailIsNotHeldBack() {
    ScopeFailure order = Objects.requireNonNull(task.fail(Map.of()));
    task.holdBack(AN_HOUR_MILLIS);
    assertFalse(task.isHeld());
    task.drop(order);
    task.holdBack(AN_HOUR_MILLIS);
    assertTrue(task.isHeld());
  }

  @Test
  void anInterruptedThreadGoesOnAloneAndStaysInterrupted() throws InterruptedException {
    task.holdBack(AN_HOUR_MILLIS);
    Thread.currentThread().interrupt();
    task.awaitRelease();
    assertTrue(Thread.interrupted());
    assertTrue(task.isHeld(), "others wait on");
  }

  @Test
  void whatALookFoundIsKept() {
    task.looks(42);
    task.looked(2);
    assertEquals(40, task.allocatedAtCollectionBytes());
    task.looks(50);
    task.looked(60); // samples that were brought in a moment later are among these
    assertEquals(0, task.allocatedAtCollectionBytes());
  }

  private Thread waiting() {
    Thread thread = new Thread(task::awaitRelease);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }
}
