package dev.heaplight.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThreadCpuTest {
  private final ThreadCpu cpu = new ThreadCpu();

  @Test
  void whatTheThreadDidBeforeIsNobodys() {
    assertEquals(0, cpu.take(1_000, 900, 500));
  }

  @Test
  void scopeIsGivenTheThreadsShareOfTheProcessor() {
    cpu.take(1_000, 900, 0);
    assertEquals(50, cpu.take(2_000, 1_400, 100));
    assertEquals(0, cpu.take(3_000, 1_400, 100));
  }

  @Test
  void clocksThatDisagreeGiveNoMoreThanTheTime() {
    cpu.take(1_000, 900, 0);
    assertEquals(100, cpu.take(2_000, 9_000, 100));
    assertEquals(0, cpu.take(2_000, 9_100, 100));
  }

  @Test
  void unknownStaysUnknown() {
    assertEquals(ThreadCpu.UNKNOWN, cpu.take(1_000, 0, 100));
  }
}
