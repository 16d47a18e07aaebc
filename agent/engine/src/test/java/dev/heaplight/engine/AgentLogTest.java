package dev.heaplight.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentLogTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AgentLog log = log(false);

  @Test
  void lineNamesTheAgent() {
    log.line("mode=off");
    assertEquals(List.of("heaplight: mode=off"), lines());
  }

  @Test
  void firstFailureOfAKindIsPrintedAtOnce() {
    log.report("class not woven", "com.acme.A", new IllegalStateException("why"));
    assertEquals(
        List.of(
            "heaplight: class not woven: com.acme.A,"
                + " cause=java.lang.IllegalStateException: why"),
        lines());
  }

  @Test
  void repeatsAreToldAtTheEnd() {
    log.report("class not woven", "com.acme.A", new IllegalStateException("why"));
    log.report("class not woven", "com.acme.B", new IllegalStateException("other"));
    log.report("class not woven", "com.acme.C", new IllegalStateException("last"));
    log.report("flush failed", "recorder", new IllegalStateException("once"));
    assertEquals(2, lines().size());
    log.summarise();
    assertEquals(
        List.of(
            "heaplight: class not woven: count=3,"
                + " first=com.acme.A, cause=java.lang.IllegalStateException: why,"
                + " last=com.acme.C, cause=java.lang.IllegalStateException: last"),
        lines().subList(2, lines().size()));
  }

  @Test
  void nothingIsToldAtTheEndWithoutRepeats() {
    log.report("flush failed", "recorder", new IllegalStateException("once"));
    log.summarise();
    assertEquals(1, lines().size());
  }

  @Test
  void kindsBeyondTheLimitArePrintedEachTime() {
    for (int kind = 0; kind < 1_000; kind++) {
      log.report("kind " + kind, "subject", new IllegalStateException());
    }
    log.report("one too many", "subject", new IllegalStateException());
    log.report("one too many", "subject", new IllegalStateException());
    assertEquals(1_002, lines().size());
  }

  @Test
  void verboseLogHasStackTraces() {
    log(true).report("class not woven", "com.acme.A", new IllegalStateException("why"));
    assertEquals("java.lang.IllegalStateException: why", lines().get(1));
    assertTrue(lines().get(2).startsWith("\tat dev.heaplight.engine.AgentLogTest."));
  }

  private AgentLog log(boolean verbose) {
    return new AgentLog(new PrintStream(printed, true, StandardCharsets.UTF_8), verbose);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
