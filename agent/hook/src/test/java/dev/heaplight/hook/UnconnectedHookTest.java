package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The hook before an engine is connected, as its training uses it. */
@ExtendWith(FreshHook.class)
class UnconnectedHookTest {
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();

  @Test
  void allocationsAreCounted() {
    counters.setActive(true);
    AllocationHook.enable(true);
    AllocationHook.array(new int[2], 0);
    AllocationHook.object(new Object(), 1);
    assertArrayEquals(new long[] {1, 24, 1, 0}, Arrays.copyOf(counters.page(0), 4));
    assertTrue(counters.active());
  }

  @Test
  void endingThreadKeepsItsCounters() {
    AllocationHook.enable(true);
    AllocationHook.threadEnding();
    assertSame(counters, ThreadTable.current());
  }

  @Test
  void hiddenClassStaysAsItWas() {
    byte[] original = {1};
    assertSame(original, AllocationHook.hiddenClass(original));
    assertEquals(1, original[0]);
  }
}
