package dev.heaplight.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FreshHook.class)
@Timeout(60)
class ScopeBridgeTest {
  private static final Map<String, String> REQUEST = Map.of("name", "job");

  private final EngineDouble engine = new EngineDouble();
  private final ThreadCounters counters = ThreadTable.ofCurrentThread();

  @Test
  void nothingIsRecordedWhenTheEngineFailedToStart() {
    ScopeBridge.ready(null);
    assertNull(ScopeBridge.open(REQUEST));
    assertNull(ScopeBridge.door().apply("open", REQUEST));
    assertNull(ScopeBridge.file("handle"));
    ScopeBridge.close("handle");
    ScopeBridge.enterMethod(1);
    ScopeBridge.exitMethod(1);
    assertFalse(counters.active());
  }

  @Test
  void doorLeadsToTheEngine() {
    ready();
    assertEquals("handle", ScopeBridge.door().apply("open", REQUEST));
    assertEquals("/tmp/handle", ScopeBridge.door().apply("file", "handle"));
    assertNull(ScopeBridge.door().apply("close", "handle"));
    assertNull(ScopeBridge.door().apply("unknown", "handle"));
    assertEquals(List.of("open {name=job}", "file handle", "close handle"), engine.calls);
  }

  @Test
  void wovenMethodsReachTheEngine() {
    ready();
    ScopeBridge.enterMethod(7);
    ScopeBridge.exitMethod(7);
    assertEquals(List.of("enterMethod 7", "exitMethod 7"), engine.calls);
  }

  @Test
  void engineIsCalledWithCountingSuspendedAndTurnsItOnItself() {
    ready();
    counters.setActive(true);
    assertEquals("handle", ScopeBridge.open(REQUEST));
    assertFalse(engine.activeInside);
    assertFalse(counters.active());
  }

  @Test
  void pathIsLookedUpWithCountingSuspended() {
    ready();
    counters.setActive(true);
    assertEquals("/tmp/handle", ScopeBridge.file("handle"));
    assertFalse(engine.activeInside);
    assertTrue(counters.active());
  }

  @Test
  void countingGoesOnWhenNoScopeWasOpened() {
    ready();
    engine.handle = null;
    counters.setActive(true);
    assertNull(ScopeBridge.open(REQUEST));
    assertTrue(counters.active());
  }

  @Test
  void whatTheEngineThrowsStaysInsideAndCountingGoesOn() {
    ready();
    Error thrown = new AssertionError("thrown by the engine");
    engine.thrown = thrown;
    counters.setActive(true);
    assertNull(ScopeBridge.open(REQUEST));
    assertTrue(counters.active());
    ScopeBridge.close("handle");
    assertTrue(counters.active());
    ScopeBridge.enterMethod(1);
    assertTrue(counters.active());
    ScopeBridge.exitMethod(1);
    assertTrue(counters.active());
    assertNull(ScopeBridge.file("handle"));
    assertTrue(counters.active());
    assertEquals(List.of(thrown, thrown, thrown, thrown, thrown), engine.failures);
  }

  @Test
  void threadOutsideOfScopesStaysUncountedWhenTheEngineThrows() {
    ready();
    engine.thrown = new AssertionError("thrown by the engine");
    assertNull(ScopeBridge.open(REQUEST));
    assertFalse(counters.active());
  }

  @Test
  void earlyScopeWaitsForTheEngine() throws InterruptedException {
    AtomicReference<@Nullable Object> opened = new AtomicReference<>();
    Thread opener = new Thread(() -> opened.set(ScopeBridge.open(REQUEST)));
    opener.start();
    while (opener.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertNull(opened.get());
    ready();
    opener.join();
    assertEquals("handle", opened.get());
  }

  @Test
  void scopesWaitOnceAndSayThatTheyAreNotRecorded() {
    ScopeBridge.setMaxWaitMillis(1);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertNull(ScopeBridge.open(REQUEST));
      assertNull(ScopeBridge.open(REQUEST));
    } finally {
      System.setErr(before);
    }
    assertEquals(
        "heaplight: scope opened before weaving was done: waited=1 ms, not recorded until it is"
            + System.lineSeparator(),
        printed.toString(StandardCharsets.UTF_8));
    ready();
    assertEquals("handle", ScopeBridge.open(REQUEST));
  }

  @Test
  void interruptedThreadStaysInterrupted() {
    Thread.currentThread().interrupt();
    Object opened = ScopeBridge.open(REQUEST);
    boolean interrupted = Thread.interrupted();
    assertTrue(interrupted);
    assertNull(opened);
  }

  @Test
  void doorIsAlwaysTheSame() {
    assertSame(ScopeBridge.door(), ScopeBridge.door());
  }

  private void ready() {
    AllocationHook.connect(engine);
    ScopeBridge.ready(engine);
  }
}
