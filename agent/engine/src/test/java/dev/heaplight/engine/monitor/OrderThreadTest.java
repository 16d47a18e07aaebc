package dev.heaplight.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.engine.AgentLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderThreadTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final OrderThread thread =
      new OrderThread(
          "orders", new AgentLog(new PrintStream(told, true, StandardCharsets.UTF_8), false));
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void whatWaitsIsDoneInOrderBeforeTheEnd() throws InterruptedException {
    thread.accept(() -> done.add("first"));
    thread.accept(() -> done.add("second"));
    assertFalse(thread.isIdle());
    thread.end();
    thread.start();
    thread.join();
    assertEquals(List.of("first", "second"), done);
    assertTrue(thread.isIdle());
  }

  @Test
  void workThatFailsIsToldAndEndsNothing() throws InterruptedException {
    thread.start();
    thread.accept(
        () -> {
          throw new IllegalStateException("no");
        });
    thread.accept(() -> done.add("next"));
    thread.end();
    thread.join();
    assertEquals(List.of("next"), done);
    assertEquals(
        "heaplight: monitor's decision not carried out: orders,"
            + " cause=java.lang.IllegalStateException: no\n",
        told.toString(StandardCharsets.UTF_8));
  }
}
