package dev.heaplight.server.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.format.Progress;
import dev.heaplight.monitor.session.KeyValues;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.ProcessIdentity;
import dev.heaplight.monitor.session.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session whose one worker is this process. */
class TopReaderTest {
  private static final ProcessIdentity SELF =
      ProcessIdentity.of(Path.of("/proc"), ProcessHandle.current().pid()).orElseThrow();

  @TempDir private Path given;
  private MonitorDirectory directory;

  @BeforeEach
  void makeSession() throws IOException {
    directory = new MonitorDirectory(given.toRealPath().resolve("s")).create();
  }

  @Test
  void workerAndItsTasksAreRead() throws IOException {
    tell(SELF, "running", 10_000, task(1, "load", 8_000, 500, 300, 1));
    try (TopReader reader = new TopReader(directory.session())) {
      TopSnapshot snapshot = reader.read();
      TopRow worker = snapshot.groups().get(0).worker();
      assertEquals(SELF.pid(), worker.pid());
      assertEquals("acme.Worker --x", worker.name());
      assertTrue(worker.rssBytes() > worker.sharedBytes(), worker.toString());
      assertTrue(worker.sharedBytes() > 0, worker.toString());
      assertEquals(77, worker.heapBytes());
      assertEquals(300, worker.liveBytes());
      assertEquals("silent", worker.state()); // it told long ago
      assertEquals(
          new TopRow(
              SELF.text() + "/1",
              TopRow.Sort.TASK,
              SELF.pid(),
              "task load id-1",
              Progress.UNKNOWN,
              Progress.UNKNOWN,
              500,
              300,
              1_000, // 8,000 bytes since it was opened 8 seconds before
              "silent",
              "load.heaplight"),
          snapshot.groups().get(0).tasks().get(0));
      assertEquals(1, snapshot.tasks());
    }
  }

  @Test
  void rateIsWhatCameBetweenTwoWordsOfTheWorker() throws IOException {
    tell(SELF, "running", 10_000, task(1, "load", 8_000, 0, 0, 1));
    try (TopReader reader = new TopReader(directory.session())) {
      assertEquals(1_000, rate(reader.read()));
      tell(SELF, "running", 10_500, task(1, "load", 9_000, 0, 0, 1));
      assertEquals(2_000, rate(reader.read()));
      assertEquals(2_000, rate(reader.read())); // it has said nothing since
      tell(SELF, "running", 11_500, task(1, "load", 9_000, 0, 0, 1));
      assertEquals(0, rate(reader.read()));
      tell(SELF, "running", 12_000);
      assertEquals(Progress.UNKNOWN, reader.read().groups().get(0).worker().bytesPerSecond());
    }
  }

  private static long rate(TopSnapshot snapshot) {
    return snapshot.groups().get(0).tasks().get(0).bytesPerSecond();
  }

  @Test
  void killsAreListedLatestFirstAndCounted() throws IOException {
    report(1, 5_000, "FAIL_TASK", "load");
    report(2, 6_000, "KILL_WORKER", "hog");
    tell(new ProcessIdentity(SELF.pid(), SELF.startTicks() + 1), "running", 1);
    Files.writeString(
        directory.logs().resolve("heaplight-events.jsonl"),
        """
        {"timeMillis":6000,"type":"KILL_WORKER","text":"hog"}
        {"timeMillis":9000,"type":"SUMMARY","text":"one kill"}
        """);
    try (TopReader reader = new TopReader(directory.session())) {
      TopSnapshot snapshot = reader.read();
      assertEquals(List.of(), snapshot.groups());
      assertEquals(1, snapshot.workersEnded());
      assertEquals(1, snapshot.killed());
      assertEquals(1, snapshot.failed());
      assertEquals(
          List.of("killed task hog, attempt 2", "failed task load, attempt 2"),
          snapshot.ended().stream().map(row -> row.state() + " " + row.name()).toList());
      assertEquals(4_096, snapshot.ended().get(0).heapBytes());
      assertEquals("KILL_WORKER", Objects.requireNonNull(snapshot.last()).type());
    }
  }

  @Test
  void recordingIsFoundInTheLogsByItsName() throws IOException {
    tell(SELF, "running", 10_000, task(1, "load", 0, 0, 0, 1), task(2, "away", 0, 0, 0, 1));
    Path below = Files.createDirectories(directory.logs().resolve("sub"));
    Files.writeString(below.resolve("load.heaplight"), "x");
    try (TopReader reader = new TopReader(directory.session())) {
      List<TopRow> tasks = reader.read().groups().get(0).tasks();
      assertEquals(
          below.resolve("load.heaplight"), reader.recording(tasks.get(0)).orElseThrow().path());
      assertTrue(reader.recording(tasks.get(1)).isEmpty());
    }
  }

  @Test
  void sessionThatVanishesLeavesWhatWasSeenLast() throws IOException {
    tell(SELF, "running", 10_000, task(1, "load", 0, 0, 0, 1));
    try (TopReader reader = new TopReader(directory.session())) {
      TopSnapshot before = reader.read();
      try (Stream<Path> files = Files.walk(directory.session())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      TopSnapshot after = reader.read();
      assertFalse(after.present());
      assertEquals("the session's directory is gone", after.trouble());
      assertEquals(before.groups(), after.groups());
      directory.create();
      TopSnapshot again = reader.read();
      assertTrue(again.present());
      assertEquals(List.of(), again.groups());
    }
  }

  private void report(int number, long millis, String action, String victim) throws IOException {
    Files.writeString(
        directory.logs().resolve("heaplight-oom-" + number + "-5.json"),
        """
        {"timeMillis":%d,"action":"%s","outcome":"memory returned","victim":{"pid":5,
        "startTicks":1,"name":"%s","kind":"task","bytes":4096,"attempt":2,"recording":""}}
        """
            .formatted(millis, action, victim));
  }

  private static TaskRecord task(
      long key, String name, long allocated, long estimated, long live, int attempt) {
    return new TaskRecord(
        key,
        name,
        "task",
        "id-" + key,
        2_000,
        allocated,
        estimated,
        live,
        true,
        "",
        0,
        0,
        attempt,
        "/elsewhere/" + name + ".heaplight",
        false);
  }

  private void tell(ProcessIdentity worker, String state, long millis, TaskRecord... tasks)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("pid", Long.toString(worker.pid()));
    facts.put("startTicks", Long.toString(worker.startTicks()));
    facts.put("command", "acme.Worker --x");
    facts.put("state", state);
    facts.put("updatedMillis", Long.toString(millis));
    facts.put("heapUsedBytes", "77");
    facts.put("tasks", Integer.toString(tasks.length));
    for (int i = 0; i < tasks.length; i++) {
      tasks[i].write("task." + i + ".", facts);
    }
    KeyValues.write(directory.worker(worker), facts);
  }
}
