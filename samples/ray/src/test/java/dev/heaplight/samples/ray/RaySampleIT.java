package dev.heaplight.samples.ray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.heaplight.monitor.SmallCgroup;
import dev.heaplight.monitor.json.JsonValue;
import dev.heaplight.monitor.session.MonitorDirectory;
import dev.heaplight.monitor.session.WorkerRecord;
import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster of several processes, in a network name space of its own. */
@Timeout(300)
final class RaySampleIT {
  private static final int TASKS = 20;
  private static final long MEGA = 1_000_000;
  private static final long MB = 1 << 20;

  @TempDir private Path directory;

  @BeforeEach
  void needsNameSpaces() throws Exception {
    Process tried = new ProcessBuilder("unshare", "--net", "--mount", "true").start();
    if (tried.waitFor() != 0) {
      String missing = "Ray not tried: no name spaces can be made here";
      System.out.println(missing);
      abort(missing);
    }
  }

  @Test
  void everyTaskAndActorHasARecordingInRaysOwnLogs() throws Exception {
    String out = run(command -> command, "RaySample", Integer.toString(TASKS), "30");
    assertTrue(out.contains("actors: keep 30 each"), out);
    Map<Path, RecordingModel> recordings = recordings();
    assertEquals(TASKS + 2, recordings.size(), recordings.keySet()::toString);
    Set<String> ids = new HashSet<>();
    int actors = 0;
    for (RecordingModel recording : recordings.values()) {
      ids.add(recording.header().id());
      assertTrue(recording.header().attributes().containsKey("ray.job"));
      if (recording.header().kind().equals("actor")) {
        actors++;
        assertEquals("LeakingActor", recording.header().name());
        assertTrue(recording.header().id().matches("[0-9a-f]{16}"), recording.header().id());
        assertEquals(30.0, (double) recording.totals().totalBytes() / MEGA, 1.5);
      } else {
        assertEquals("Tasks.allocateMemory", recording.header().name());
        assertTrue(recording.header().id().matches("[0-9a-f]{32}"), recording.header().id());
        assertTrue(recording.totals().totalBytes() >= 10 * MEGA);
      }
    }
    assertEquals(2, actors);
    assertEquals(TASKS + 2, ids.size());
    assertEquals(List.of(false, true), retriableActors());
  }

  @Test
  void hogsWorkerIsKilledByTheMonitorAndTheDriverLearnsIt() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(600 * MB)) {
      String out = run(group::inside, "RayHog");
      assertTrue(out.contains("hog: RayWorkerException: "), out);
      assertTrue(out.contains("others: checksum 50"), out);
      assertEquals(0, group.kernelKills());
      List<Path> reports = files(".json");
      assertEquals(1, reports.size(), reports.toString());
      Object report = JsonValue.parse(Files.readString(reports.get(0)));
      assertEquals("KILL_WORKER", JsonValue.text(report, "action"));
      assertEquals("Tasks.keepMemory", JsonValue.text(report, "victim", "name"));
      long pid = JsonValue.number(report, "victim", "pid");
      String explained = explain(pid);
      assertTrue(explained.startsWith("process " + pid + ": MONITOR_KILL: "), explained);
      assertTrue(explained.contains("Tasks.keepMemory"), explained);
    }
  }

  /** Whether the monitor may take actors to be started again, as their workers last told. */
  private List<Boolean> retriableActors() throws IOException {
    List<Boolean> retriable = new ArrayList<>();
    for (MonitorDirectory node : MonitorDirectory.ofAllNodes(session())) {
      for (Path file : WorkerRecord.files(node)) {
        WorkerRecord.read(file).stream()
            .flatMap(worker -> worker.tasks().stream())
            .filter(task -> task.kind().equals("actor"))
            .forEach(task -> retriable.add(task.retriable()));
      }
    }
    retriable.sort(null);
    return retriable;
  }

  private String explain(long pid) throws IOException, InterruptedException {
    Path out = directory.resolve("explained.txt");
    Process process =
        new ProcessBuilder("bin/heaplight", "explain", "" + pid, "--session", session().toString())
            .directory(root().toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals(0, process.waitFor());
    return Files.readString(out);
  }

  private Map<Path, RecordingModel> recordings() throws IOException {
    Map<Path, RecordingModel> recordings = new TreeMap<>();
    for (Path file : files(".heaplight")) {
      recordings.put(file, RecordingModel.read(file));
    }
    return recordings;
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(session().resolve("logs"))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The session that Ray made. */
  private Path session() throws IOException {
    try (Stream<Path> sessions = Files.list(directory.resolve("ray"))) {
      return sessions
          .filter(each -> each.getFileName().toString().matches("session_\\d.*"))
          .findAny()
          .orElseThrow();
    }
  }

  private static Path root() {
    return Path.of("../..").toAbsolutePath().normalize();
  }

  private String run(UnaryOperator<List<String>> inside, String... arguments)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(root().resolve("samples/ray/run").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(inside.apply(command))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("RAY_BASE", directory.resolve("ray").toString());
    builder.environment().put("RAY_OPTIONS", "-Dray.resources=CPU:2 -Xmx64m -XX:+UseSerialGC");
    builder.environment().put("WORKER_OPTIONS", "-Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    Process process = builder.start();
    int exitCode = process.waitFor();
    String text = Files.readString(out);
    assertEquals(0, exitCode, text);
    return text;
  }
}
