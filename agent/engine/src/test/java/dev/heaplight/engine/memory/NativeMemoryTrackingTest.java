package dev.heaplight.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Progress;
import org.junit.jupiter.api.Test;

class NativeMemoryTrackingTest {
  private final NativeMemoryTracking tracking = new NativeMemoryTracking();

  @Test
  void threadsAndWhatTheJvmTakesForItselfAreCommittedBytes() {
    assertTrue(
        tracking.read(
            """
            Total: reserved=7839600KB, committed=472988KB
                   malloc: 7208KB #3844

            -                 Java Heap (reserved=6172672KB, committed=397312KB)
                                        (mmap: reserved=6172672KB, committed=397312KB)

            -                     Class (reserved=1048648KB, committed=200KB)
                                        (classes #485)

            -                    Thread (reserved=19506KB, committed=830KB)
                                        (thread #19)
                                        (stack: reserved=19456KB, committed=780KB)

            -                        GC (reserved=267137KB, committed=52817KB)
            -                    Symbol (reserved=1131KB, committed=1131KB)
            -    Native Memory Tracking (reserved=66KB, committed=66KB)
            -        Shared class space (reserved=16384KB, committed=12060KB)
            -                     Other (reserved=4KB, committed=4KB)
            """));
    assertEquals(830L << 10, tracking.threadBytes());
    assertEquals((52_817L + 1_131 + 66) << 10, tracking.jvmBytes());
  }

  @Test
  void withoutTrackingAllIsUnknown() {
    assertFalse(tracking.read("Native memory tracking is not enabled\n"));
    assertEquals(Progress.UNKNOWN, tracking.threadBytes());
    assertEquals(Progress.UNKNOWN, tracking.jvmBytes());
  }
}
