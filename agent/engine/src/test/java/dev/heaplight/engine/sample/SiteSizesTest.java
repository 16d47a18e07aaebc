package dev.heaplight.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.engine.weave.SiteTable;
import dev.heaplight.engine.weave.WovenSites;
import dev.heaplight.hook.ThreadCounters;
import dev.heaplight.hook.ThreadTable;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiteSizesTest {
  private static final long SMALLEST_BYTES = 16;
  private static final long STRING_BYTES = 24;

  private final SiteTable sites = new SiteTable();
  private final int fixed = WovenSites.add(sites, 11, true);
  private final int varying = WovenSites.add(sites, 12, false);
  private final SiteSizes sizes = new SiteSizes(jvm(), sites);
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();

  @AfterEach
  void forgetThread() {
    ThreadTable.forgetCurrentThread();
  }

  @Test
  void firstInstanceTellsTheSizeOfAll() {
    assertEquals(STRING_BYTES, sizes.of(fixed, "one"));
    assertEquals(STRING_BYTES, sizes.of(fixed, StackObjects.REMOVED));
  }

  @Test
  void withoutAnInstanceTheSmallestSizeIsTakenUntilOneIsFound() {
    assertEquals(SMALLEST_BYTES, sizes.of(fixed, StackObjects.REMOVED));
    assertEquals(STRING_BYTES, sizes.corrected(counters, fixed, "found", SMALLEST_BYTES));
    assertEquals(STRING_BYTES, sizes.of(fixed, StackObjects.REMOVED));
    assertEquals(STRING_BYTES, counters.pages()[0][2 * fixed + 1]);
  }

  @Test
  void removedAndUnknownObjectsCorrectNothing() {
    assertEquals(40, sizes.corrected(counters, fixed, StackObjects.REMOVED, 40));
    assertEquals(40, sizes.corrected(counters, fixed, StackObjects.UNKNOWN, 40));
    assertEquals(0, counters.pages().length);
  }

  @Test
  void whereSizesVaryTheHookKnowsBest() {
    assertEquals(400, sizes.corrected(counters, varying, new byte[384], 400));
    assertEquals(0, counters.pages().length);
  }

  private static Instrumentation jvm() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            SiteSizesTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) ->
                arguments[0] instanceof String ? STRING_BYTES : SMALLEST_BYTES);
  }
}
