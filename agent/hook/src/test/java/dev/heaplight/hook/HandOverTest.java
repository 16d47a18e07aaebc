package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHook.class)
@Timeout(60)
class HandOverTest {
  private final EngineDouble engine = new EngineDouble();
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();
  private final WorkScope scope = new WorkScope("scope", null);
  private final Object task = new Object();

  @Test
  void nothingIsRememberedWhileNoScopeIsOpen() {
    connect(false);
    HandOver.queued(task);
    HandOver.enterTask(task);
    HandOver.leave();
    assertEquals(List.of(), engine.calls);
    assertEquals(0, HandOver.waitingTasks());
  }

  @Test
  void taskRunsInTheScopeThatHandedItOver() {
    connect(true);
    counters.setPresent(scope);
    HandOver.queued(task);
    counters.setPresent(null);
    HandOver.enterTask(task);
    HandOver.leave();
    assertEquals(List.of("enterWork scope", "leaveWork"), engine.calls);
    assertFalse(engine.activeInside);
  }

  @Test
  void taskOfTheSameScopeChangesNothing() {
    connect(true);
    counters.setPresent(scope);
    HandOver.queued(task);
    HandOver.enterTask(task);
    assertEquals(1, counters.depth());
    HandOver.leave();
    assertEquals(0, counters.depth());
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void taskFromOutsideOfScopesRunsOutsideAndUnknownForksStay() {
    connect(true);
    HandOver.forked(task);
    counters.setPresent(scope);
    HandOver.enterForked(new Object());
    assertEquals(List.of(), engine.calls);
    HandOver.leave();
    HandOver.enterForked(task);
    HandOver.leave();
    assertEquals(List.of("enterWork null", "leaveWork"), engine.calls);
  }

  @Test
  void taskOfAClosedScopeBelongsToTheOneAroundIt() {
    connect(true);
    WorkScope inner = new WorkScope("inner", scope);
    counters.setPresent(inner);
    HandOver.kept(task);
    counters.setPresent(null);
    inner.close();
    HandOver.enterTask(task);
    HandOver.leave();
    scope.close();
    HandOver.enterTask(task);
    HandOver.leave();
    assertEquals(List.of("enterWork scope", "leaveWork"), engine.calls);
  }

  @Test
  void workOfNoScopeBelongsToTheProcess() {
    connect(true);
    HandOver.setProcess(scope);
    HandOver.enterTask(task);
    HandOver.leave();
    assertEquals(List.of("enterWork scope", "leaveWork"), engine.calls);
  }

  @Test
  void levelBegunWithTheHooksOffIsNotLeft() {
    connect(true);
    AllocationHook.enable(false);
    HandOver.enterTask(task);
    AllocationHook.enable(true);
    counters.setPresent(scope);
    HandOver.enterTask(new Object());
    HandOver.leave();
    HandOver.leave();
    assertEquals(List.of("enterWork null", "leaveWork"), engine.calls);
    assertEquals(0, counters.depth());
  }

  @Test
  void levelsInsideACountedOneAreCountedWithTheHooksOff() {
    connect(true);
    counters.setPresent(scope);
    HandOver.enterTask(task);
    AllocationHook.enable(false);
    HandOver.enterTask(new Object());
    HandOver.leave();
    assertEquals(List.of("enterWork null"), engine.calls);
    HandOver.leave();
    assertEquals(List.of("enterWork null", "leaveWork"), engine.calls);
  }

  @Test
  void whatTheEngineThrowsStaysInside() {
    connect(true);
    engine.thrown = new AssertionError("thrown by the engine");
    counters.setPresent(scope);
    counters.setActive(true);
    HandOver.enterTask(task);
    HandOver.leave();
    assertEquals(List.of(engine.thrown, engine.thrown), engine.failures);
    assertEquals(0, counters.depth());
  }

  private void connect(boolean enabled) {
    AllocationHook.connect(engine);
    AllocationHook.enable(enabled);
  }
}
