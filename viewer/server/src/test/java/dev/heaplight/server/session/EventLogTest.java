package dev.heaplight.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir private Path directory;
  private final EventLog log = new EventLog();

  @Test
  void whatIsAppendedIsReadOnceItsLineIsWhole() throws IOException {
    append(line(1, "WARNING", "short", "") + "{\"timeMillis\":2,\"type\":\"KILL_");
    assertEquals(Map.of("WARNING", 1L), log.counts());
    append("WORKER\",\"text\":\"killed\",\"report\":\"/elsewhere/logs/r.json\"}\n");
    assertEquals(Map.of("WARNING", 1L, "KILL_WORKER", 1L), log.counts());
    assertEquals(
        List.of(
            new Event(2, 2, "KILL_WORKER", "killed", "r.json"),
            new Event(1, 1, "WARNING", "short", "")),
        log.latest(10));
  }

  @Test
  void damagedLineCostsItselfOnly() throws IOException {
    append("{\"timeMillis\":1,\n\u0000\n" + line(3, "CALM", "over", ""));
    assertEquals(Map.of("CALM", 1L), log.counts());
  }

  @Test
  void allAreCountedAndTheLastAreKept() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5_000; i++) {
      text.append(line(i, "CALM", "event " + i, ""));
    }
    append(text.toString());
    assertEquals(5_000, log.size());
    assertEquals(2_000, log.latest(Integer.MAX_VALUE).size());
    assertEquals("event 5000", log.latest(1).get(0).text());
  }

  @Test
  void outcomesTellHowLongInterventionsTook() throws IOException {
    append(line(1, "OUTCOME", "memory returned: decision=1, pid=7, freed=3 MiB, after=22 ms", ""));
    append(line(2, "OUTCOME", "escalated: decision=2, pid=7, freed=0 KiB, after=180 ms", ""));
    append(line(3, "CALM", "after=99 ms", ""));
    assertEquals(new EventLog.Took(2, 202), log.interventions());
  }

  private static String line(long time, String type, String text, String report) {
    return "{\"timeMillis\":"
        + time
        + ",\"type\":\""
        + type
        + "\",\"text\":\""
        + text
        + "\",\"report\":\""
        + report
        + "\"}\n";
  }

  private void append(String text) throws IOException {
    Path file = directory.toRealPath().resolve("events.jsonl");
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    log.follow(LogFiles.below(directory.toRealPath()).get("events.jsonl"));
  }
}
