package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHook.class)
class OffHeapHookTest {
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();
  private final EngineDouble engine = new EngineDouble();
  private final Link link = new Link();

  private static final class Link extends OffHeapLink {
    private final List<String> calls = new ArrayList<>();
    private @Nullable Error thrown;

    @Override
    public void allocated(ThreadCounters by, long address, long bytes, int kind) {
      called("allocated " + address + " " + bytes + " kind=" + kind);
    }

    @Override
    public void freed(long address) {
      called("freed " + address);
    }

    @Override
    public @Nullable Object reallocating(long address) {
      called("reallocating " + address);
      return "block";
    }

    @Override
    public void kept(long address, Object block) {
      called("kept " + address + " " + block);
    }

    @Override
    public void replaced(Object block) {
      called("replaced " + block);
    }

    private void called(String call) {
      calls.add(call);
      assertFalse(ThreadTable.ofCurrentThread().active());
      if (thrown != null) {
        throw thrown;
      }
    }
  }

  @Test
  void nothingIsReportedWhileNoScopeIsOpen() {
    OffHeapHook.connect(link);
    counters.setActive(true);
    OffHeapHook.direct();
    assertEquals(16, OffHeapHook.allocated(100, 16));
    OffHeapHook.mapped(32, 100);
    assertNull(OffHeapHook.reallocating(16));
    assertEquals(48, OffHeapHook.reallocated(48, 16, 200, null));
    OffHeapHook.freed(48);
    assertEquals(List.of(), link.calls);
  }

  @Test
  void unconnectedHookPassesAddressesOn() {
    OffHeapHook.track(true);
    counters.setActive(true);
    assertEquals(16, OffHeapHook.allocated(100, 16));
    assertNull(OffHeapHook.reallocating(16));
    assertEquals(48, OffHeapHook.reallocated(48, 16, 200, null));
    OffHeapHook.freed(48);
    assertTrue(counters.active());
  }

  @Test
  void blocksOfThreadsInAScopeAreEnteredWithTheirKind() {
    track();
    counters.setActive(true);
    OffHeapHook.direct();
    OffHeapHook.allocated(100, 16);
    OffHeapHook.allocated(200, 32);
    OffHeapHook.mapped(4096, 300);
    assertEquals(
        List.of(
            "allocated 16 100 kind=" + OffHeapHook.DIRECT,
            "allocated 32 200 kind=" + OffHeapHook.NATIVE,
            "allocated 4096 300 kind=" + OffHeapHook.MAPPED),
        link.calls);
    assertTrue(counters.active());
  }

  @Test
  void threadOutsideOfScopesOnlyFrees() {
    track();
    OffHeapHook.direct();
    OffHeapHook.allocated(100, 16);
    OffHeapHook.mapped(32, 100);
    OffHeapHook.freed(16);
    OffHeapHook.freed(0);
    assertEquals(List.of("freed 16"), link.calls);
    assertFalse(counters.active());
  }

  @Test
  void failedAllocationOfADirectBufferIsNotEnteredAndItsKindForgotten() {
    track();
    counters.setActive(true);
    OffHeapHook.direct();
    assertEquals(0, OffHeapHook.allocated(100, 0));
    OffHeapHook.allocated(200, 32);
    assertEquals(List.of("allocated 32 200 kind=" + OffHeapHook.NATIVE), link.calls);
  }

  @Test
  void reallocationGivesUpTheOldBlockAndEntersTheNew() {
    track();
    counters.setActive(true);
    Object token = OffHeapHook.reallocating(16);
    assertEquals(32, OffHeapHook.reallocated(32, 16, 200, token));
    assertEquals(
        List.of("reallocating 16", "replaced block", "allocated 32 200 kind=0"), link.calls);
  }

  @Test
  void failedReallocationKeepsTheOldBlock() {
    track();
    counters.setActive(true);
    Object token = OffHeapHook.reallocating(16);
    assertEquals(0, OffHeapHook.reallocated(0, 16, 200, token));
    assertEquals(List.of("reallocating 16", "kept 16 block"), link.calls);
  }

  @Test
  void whatTheEngineThrowsStaysInside() {
    track();
    link.thrown = new AssertionError("broken");
    counters.setActive(true);
    assertEquals(16, OffHeapHook.allocated(100, 16));
    OffHeapHook.mapped(32, 100);
    OffHeapHook.freed(16);
    assertNull(OffHeapHook.reallocating(16));
    assertEquals(48, OffHeapHook.reallocated(48, 16, 100, "block"));
    assertTrue(counters.active());
    assertEquals(6, engine.failures.size());
  }

  private void track() {
    AllocationHook.connect(engine);
    OffHeapHook.connect(link);
    OffHeapHook.track(true);
  }
}
