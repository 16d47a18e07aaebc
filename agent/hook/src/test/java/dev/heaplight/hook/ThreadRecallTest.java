package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads that are called to the engine once more. */
@ExtendWith(FreshHook.class)
class ThreadRecallTest {
  private static final int SITE = 3;

  private final EngineDouble engine = new EngineDouble();
  private final ThreadCounters counters = ThreadTable.current();

  ThreadRecallTest() {
    assertSame(counters, ThreadTable.current()); // the second look puts it where hooks look first
    AllocationHook.connect(engine);
    AllocationHook.enable(true);
  }

  @Test
  void threadInNoScopeComesOnceAfterEachRecall() {
    allocate();
    assertEquals(List.of(), engine.calls);
    ThreadTable.recall();
    allocate();
    allocate();
    assertEquals(List.of("threadSeen"), engine.calls);
    ThreadTable.recall();
    allocate();
    assertEquals(List.of("threadSeen", "threadSeen"), engine.calls);
    assertSame(counters, ThreadTable.current());
  }

  @Test
  void threadThatCannotBePlacedComesAgain() {
    engine.placesThreads = false;
    ThreadTable.recall();
    allocate();
    allocate();
    assertEquals(List.of("threadSeen", "threadSeen"), engine.calls);
    engine.placesThreads = true;
    allocate();
    allocate();
    assertEquals(List.of("threadSeen", "threadSeen", "threadSeen"), engine.calls);
  }

  @Test
  void threadInAScopeGoesOnCountingAndIsNotCountedInTheEngine() {
    counters.setCountdownBytes(Long.MAX_VALUE);
    counters.setActive(true);
    ThreadTable.recall();
    AllocationHook.array(new byte[8], SITE);
    assertEquals("threadSeen", engine.calls.get(0));
    assertFalse(engine.activeInside);
    assertTrue(counters.active());
    assertEquals(1, counters.count(SITE));
  }

  @Test
  void failureOfTheEngineStaysInTheHook() {
    engine.thrown = new StackOverflowError();
    ThreadTable.recall();
    allocate();
    allocate();
    assertEquals(List.of("threadSeen"), engine.calls);
    assertEquals(List.of(engine.thrown), engine.failures);
  }

  @Test
  void agentCodeThatMayNotCountFollowsTheRecallFirst() {
    ThreadTable.followRecall();
    assertEquals(List.of(), engine.calls);
    ThreadTable.recall();
    ThreadTable.followRecall();
    ThreadTable.followRecall();
    assertEquals(List.of("threadSeen"), engine.calls);
  }

  @Test
  void forgottenThreadsAreNewOnes() {
    assertEquals(1, ThreadTable.registeredThreads());
    ThreadTable.forgetAll();
    assertEquals(0, ThreadTable.registeredThreads());
    allocate();
    assertEquals(List.of("threadSeen"), engine.calls);
    assertNotSame(counters, ThreadTable.current());
  }

  private static void allocate() {
    AllocationHook.array(new byte[8], SITE);
  }
}
