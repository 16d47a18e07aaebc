package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHook.class)
class AllocationHookTest {
  private static final int SITE = 3;
  private static final int FAR_SITE = 70_001;

  private final EngineDouble engine = new EngineDouble();
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();

  AllocationHookTest() {
    AllocationHook.connect(engine);
    counters.setCountdownBytes(Long.MAX_VALUE);
    counters.setActive(true);
    AllocationHook.enable(true);
  }

  @Test
  void nothingIsCountedWhileHooksAreOff() {
    AllocationHook.enable(false);
    callEachHook();
    assertEquals(0, counters.pages().length);
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void nothingIsCountedOutsideOfAScope() {
    counters.setActive(false);
    callEachHook();
    assertEquals(0, counters.pages().length);
    assertEquals(List.of(), engine.calls);
    assertFalse(counters.active());
  }

  @Test
  void objectsAreCountedAndTheirSizeLearnedOnce() {
    for (int i = 0; i < 5; i++) {
      AllocationHook.object(new Object(), FAR_SITE);
    }
    assertCounted(FAR_SITE, 5, EngineDouble.INSTANCE_BYTES);
    assertEquals(List.of("instanceBytes", "sample site=70001 size=24"), engine.calls);
    assertEquals(Long.MAX_VALUE - 4 * 24, counters.countdownBytes());
  }

  @Test
  void arraysAreCountedWithTheirBytes() {
    AllocationHook.array(new byte[9], SITE);
    AllocationHook.array(new boolean[1], SITE);
    assertCounted(SITE, 2, 32 + 24);
    AllocationHook.array(new char[9], SITE + 1);
    AllocationHook.array(new short[1], SITE + 1);
    assertCounted(SITE + 1, 2, 40 + 24);
    AllocationHook.array(new int[9], SITE + 2);
    AllocationHook.array(new float[1], SITE + 2);
    assertCounted(SITE + 2, 2, 56 + 24);
    AllocationHook.array(new long[9], SITE + 3);
    AllocationHook.array(new double[1], SITE + 3);
    assertCounted(SITE + 3, 2, 88 + 24);
    AllocationHook.array(new String[9], SITE + 4);
    AllocationHook.array(new Object[1], SITE + 4);
    assertCounted(SITE + 4, 2, 56 + 24);
  }

  @Test
  void firstAllocationOfASiteIsSampled() {
    AllocationHook.array(new byte[8], SITE);
    AllocationHook.array(new byte[8], SITE);
    AllocationHook.array(new byte[16], SITE + 1);
    assertEquals(List.of("sample site=3 size=24", "sample site=4 size=32"), engine.calls);
  }

  @Test
  void allocationThatEndsTheCountdownIsSampled() {
    engine.nextCountdownBytes = 24;
    AllocationHook.array(new byte[0], SITE);
    engine.calls.clear();
    AllocationHook.array(new byte[8], SITE);
    assertEquals(List.of(), engine.calls);
    AllocationHook.array(new byte[0], SITE);
    assertEquals(List.of("sample site=3 size=16"), engine.calls);
    assertEquals(24, counters.countdownBytes());
  }

  @Test
  void objectThatEndsTheCountdownIsSampled() {
    engine.nextCountdownBytes = 23;
    AllocationHook.object(new Object(), SITE);
    engine.calls.clear();
    AllocationHook.object(new Object(), SITE);
    assertEquals(List.of("sample site=3 size=24"), engine.calls);
  }

  @Test
  void resultsOfAnyClassAreMeasuredByTheirClass() {
    AllocationHook.any(null, SITE);
    assertEquals(0, counters.pages().length);
    AllocationHook.any(new byte[1], SITE);
    AllocationHook.any(new String[3], SITE);
    AllocationHook.any(new double[2], SITE);
    AllocationHook.any("text", SITE);
    assertCounted(SITE, 4, 24 + 32 + 32 + 24);
  }

  @Test
  void sizeOfAClassIsAskedForOnce() {
    AllocationHook.any("one", SITE);
    AllocationHook.any("two", SITE);
    assertCounted(SITE, 2, 48);
    assertEquals(1, engine.calls.stream().filter("instanceBytes"::equals).count());
  }

  @Test
  void lambdasAreLeftToTheirCapturingSite() {
    String captured = engine.calls.toString();
    Supplier<String> lambda = () -> captured;
    AllocationHook.any(lambda, SITE);
    assertEquals(0, counters.pages().length);
  }

  @Test
  void nestedArraysAreCountedWithTheirInnerOnes() {
    AllocationHook.nested(new int[3][2], SITE);
    AllocationHook.nested(new int[3][2], SITE);
    assertCounted(SITE, 8, 2 * (32 + 3 * 24));
  }

  @Test
  void stackTracesAreCountedWithAllTheirArrays() {
    AllocationHook.backtrace(null, SITE);
    assertEquals(0, counters.pages().length);
    Object[] backtrace = {new short[3], new int[3], new Object[1], new long[1], null};
    AllocationHook.backtrace(backtrace, SITE);
    assertCounted(SITE, 5, 40 + 24 + 32 + 24 + 24);
  }

  @Test
  void arrayInPlaceOfOneCountedElsewhereIsMadeUncounted() {
    String[] array = (String[]) AllocationHook.uncountedArray(String.class, 3);
    assertEquals(3, array.length);
    assertEquals(0, counters.pages().length);
    assertTrue(counters.active());
    counters.setActive(false);
    assertEquals(2, ((int[]) AllocationHook.uncountedArray(int.class, 2)).length);
    assertFalse(counters.active());
  }

  @Test
  void countingGoesOnWhenAnUncountedArrayCannotBeMade() {
    assertThrows(
        NegativeArraySizeException.class, () -> AllocationHook.uncountedArray(int.class, -1));
    assertTrue(counters.active());
  }

  @Test
  void engineIsCalledWithCountingSuspended() {
    AllocationHook.object(new Object(), SITE);
    AllocationHook.any("text", SITE);
    assertFalse(engine.activeInside);
    assertTrue(counters.active());
  }

  @Test
  void whatTheEngineThrowsStaysInside() {
    engine.thrown = new AssertionError("thrown by the engine");
    callEachHook();
    AllocationHook.object(new Object(), SITE + 1);
    AllocationHook.any("text", SITE + 2);
    assertTrue(counters.active());
    assertEquals(1, counters.pages()[0][2 * (SITE + 1)]);
    assertFalse(engine.failures.isEmpty());
    assertTrue(engine.failures.stream().allMatch(failure -> failure == engine.thrown));
  }

  @Test
  void whatReportingThrowsStaysInside() {
    engine.thrown = new AssertionError("thrown by the engine");
    engine.thrownByFailed = new OutOfMemoryError("thrown by the report");
    callEachHook();
    assertTrue(counters.active());
    assertFalse(engine.failures.isEmpty());
  }

  @Test
  void threadIsRegisteredThoughTheEngineFails() {
    ThreadTable.forgetCurrentThread();
    engine.thrown = new AssertionError("thrown by the engine");
    ThreadCounters again = ThreadTable.current();
    assertSame(Thread.currentThread(), again.owner());
    assertEquals(List.of(engine.thrown), engine.failures);
  }

  @Test
  void endingThreadIsToldAndStaysKnownButUncounted() {
    AllocationHook.threadEnding();
    assertEquals(List.of("threadEnding"), engine.calls);
    assertFalse(engine.activeInside);
    assertSame(counters, ThreadTable.current());
    assertFalse(counters.active());
    assertEquals(0, counters.pages().length);
  }

  @Test
  void endingThreadIsUncountedThoughTheEngineFails() {
    engine.thrown = new AssertionError("thrown by the engine");
    AllocationHook.threadEnding();
    assertEquals(List.of(engine.thrown), engine.failures);
    assertFalse(counters.active());
    assertEquals(0, counters.pages().length);
  }

  @Test
  void endOfAThreadIsNotToldWhileHooksAreOff() {
    AllocationHook.enable(false);
    AllocationHook.threadEnding();
    assertEquals(List.of(), engine.calls);
  }

  @Test
  void hiddenClassIsTheEnginesOrTheOriginal() {
    byte[] original = {1};
    assertArrayEquals(new byte[] {42}, AllocationHook.hiddenClass(original));
    engine.thrown = new AssertionError("thrown by the engine");
    assertSame(original, AllocationHook.hiddenClass(original));
    assertEquals(List.of(engine.thrown), engine.failures);
  }

  private void assertCounted(int site, long count, long second) {
    long[] page = counters.page(site);
    int at = (site % ThreadCounters.PAGE_SITES) * 2;
    assertEquals(count, page[at]);
    assertEquals(second, page[at + 1]);
  }

  private static void callEachHook() {
    AllocationHook.object(new Object(), SITE);
    AllocationHook.array(new byte[1], SITE);
    AllocationHook.array(new boolean[1], SITE);
    AllocationHook.array(new char[1], SITE);
    AllocationHook.array(new short[1], SITE);
    AllocationHook.array(new int[1], SITE);
    AllocationHook.array(new float[1], SITE);
    AllocationHook.array(new long[1], SITE);
    AllocationHook.array(new double[1], SITE);
    AllocationHook.array(new Object[1], SITE);
    AllocationHook.any(new Object(), SITE);
    AllocationHook.nested(new int[1][1], SITE);
    AllocationHook.backtrace(new Object[1], SITE);
  }
}
