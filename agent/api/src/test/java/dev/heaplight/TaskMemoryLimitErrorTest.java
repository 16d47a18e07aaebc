package dev.heaplight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskMemoryLimitErrorTest {
  private static final Map<String, String> OWN_LIMIT =
      Map.of(
          "scope", "job",
          "id", "4711-1",
          "limit", "allocated",
          "limitBytes", "1000",
          "usedBytes", "1001",
          "hottestStack", "app.Job.run(Job.java:7)\napp.Main.main(Main.java:3)",
          "recording", "/logs/job.heaplight");

  @Test
  void messageOfAnOwnLimitNamesScopeLimitUseAndStack() {
    assertEquals(
        """
        task memory limit reached: scope=job, id=4711-1, limit=1000 bytes allocated, \
        used=1001 bytes, recording=/logs/job.heaplight, hottest stack:
            at app.Job.run(Job.java:7)
            at app.Main.main(Main.java:3)""",
        TaskMemoryLimitError.of(OWN_LIMIT).getMessage());
  }

  @Test
  void messageOfTheMonitorStandsAsItIsBeforeTheStack() {
    assertEquals(
        """
        Node is full.
        hottest stack:
            at app.Job.run(Job.java:7)
            at app.Main.main(Main.java:3)""",
        TaskMemoryLimitError.of(with("message", "Node is full.")).getMessage());
  }

  @Test
  void whatAnOpenerSaidOfItsTaskIsKept() {
    TaskMemoryLimitError third = TaskMemoryLimitError.of(with("attempt", "3"));
    assertEquals(3, third.attempt());
    assertEquals(1, TaskMemoryLimitError.of(OWN_LIMIT).attempt());
    assertTrue(third.retriable());
    assertFalse(TaskMemoryLimitError.of(with("retriable", "false")).retriable());
  }

  @Test
  void figuresAndPathsAreThoseOfTheFacts() {
    TaskMemoryLimitError error = TaskMemoryLimitError.of(with("report", "/logs/oom.json"));
    assertEquals("job", error.scope());
    assertEquals("4711-1", error.scopeId());
    assertEquals("allocated", error.limit());
    assertEquals(1_000, error.limitBytes());
    assertEquals(1_001, error.usedBytes());
    assertEquals(Path.of("/logs/job.heaplight"), error.recording());
    assertEquals(Optional.of(Path.of("/logs/oom.json")), error.report());
    assertEquals(
        List.of("app.Job.run(Job.java:7)", "app.Main.main(Main.java:3)"), error.hottestStack());
    assertEquals(Optional.empty(), TaskMemoryLimitError.of(OWN_LIMIT).report());
  }

  @Test
  void traceBeginsInTheApplication() {
    StackTraceElement top = TaskMemoryLimitError.of(OWN_LIMIT).getStackTrace()[0];
    assertEquals("traceBeginsInTheApplication", top.getMethodName());
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> facts = new HashMap<>(OWN_LIMIT);
    facts.put(key, value);
    return facts;
  }
}
