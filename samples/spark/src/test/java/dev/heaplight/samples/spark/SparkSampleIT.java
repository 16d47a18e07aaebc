package dev.heaplight.samples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.rollup.Outline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver and two executors, each a process of its own. */
@Timeout(600)
final class SparkSampleIT {
  private static final String SAMPLE = "dev.heaplight.samples.spark.SparkSample";
  private static final int TASKS = 200;
  private static final int SECOND_TASKS = 4;
  private static final int KILOBYTES = 2_000;

  /** An array of a thousand bytes with its header, padded. */
  private static final long ARRAY_BYTES = 1_016;

  private static final Pattern ROLL_UP =
      Pattern.compile(
          "heaplight: stage (\\d+): (\\d+) recordings, .* allocated \\((\\d+) bytes\\)");

  @TempDir private Path directory;

  @Test
  void everyAttemptHasARecordingAndStagesSumUp() throws Exception {
    SparkRun run = SparkRun.start(directory, Map.of(), SAMPLE, "" + TASKS, "" + KILOBYTES);
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.out().contains("sum: " + TASKS * KILOBYTES), run.out());
    Map<Long, Outline> recordings = run.recordings();
    assertEquals(TASKS + SECOND_TASKS, recordings.size());
    Map<String, Long> sums = new TreeMap<>();
    Set<String> executors = new HashSet<>();
    for (Outline each : recordings.values()) {
      Map<String, String> facts = each.header().attributes();
      assertTrue(each.complete());
      assertEquals("stage " + facts.get("spark.stage") + " allocate by key", each.header().name());
      sums.merge(facts.get("spark.stage"), each.allocatedBytes(), Long::sum);
      executors.add(facts.get("spark.executor"));
      if ("0".equals(facts.get("spark.stage"))) {
        assertTrue(each.allocatedBytes() >= KILOBYTES * ARRAY_BYTES, facts::toString);
      }
    }
    assertEquals(Set.of("0", "1"), executors);
    assertEquals(sums, told(run.out()));
  }

  @Test
  void taskOverItsLimitFailsAsATaskAndExecutorsLive() throws Exception {
    SparkRun run =
        SparkRun.start(
            directory,
            Map.of("SPARK_OPTIONS", "-Dspark.heaplight.limitAllocated=50m"),
            SAMPLE,
            "1",
            "100000");
    assertEquals(1, run.exitCode(), run.out());
    String out = run.out();
    assertTrue(out.contains("failed 4 times"), out);
    assertTrue(out.contains("dev.heaplight.TaskMemoryLimitError: "), out);
    assertTrue(out.contains("dev.heaplight.samples.spark.Work.allocate(Work.java:"), out);
    assertFalse(out.contains("ExecutorLostFailure"), out);
    assertFalse(out.contains("Lost executor"), out);
    Map<Long, Outline> recordings = run.recordings();
    assertEquals(4, recordings.size());
    assertEquals(
        List.of("0", "1", "2", "3"),
        recordings.values().stream()
            .map(each -> each.header().attributes().get("spark.attempt"))
            .toList());
  }

  @Test
  void killedExecutorLosesNoFinishedRecording() throws Exception {
    SparkRun run = SparkRun.start(directory, Map.of(), SAMPLE, "" + TASKS, "40000");
    run.awaitRecordings(TASKS / 4);
    assertTrue(run.executors().get(0).destroyForcibly());
    assertEquals(0, run.exitCode(), run.out());
    Map<Long, Outline> recordings = run.recordings();
    long cutOff = recordings.values().stream().filter(each -> !each.complete()).count();
    assertTrue(cutOff <= 1, "cut off: " + cutOff);
    // One more attempt than tasks: the one that was killed. It may have had no time to write.
    assertTrue(recordings.size() >= TASKS + SECOND_TASKS, recordings.keySet()::toString);
    assertTrue(run.out().contains("Lost executor"), run.out());
  }

  @Test
  void agentAloneRecordsAttemptsIntoTheExecutorsSession() throws Exception {
    Path session = SparkRun.session(directory);
    SparkRun run =
        SparkRun.start(
            directory,
            Map.of("PLUGIN", "off", "AGENT_OPTIONS", "session=" + session),
            SAMPLE,
            "20",
            "1000");
    assertEquals(0, run.exitCode(), run.out());
    List<Outline> recordings = run.outlines();
    assertEquals(20 + SECOND_TASKS, recordings.size());
    for (Outline each : recordings) {
      String stage = each.header().attributes().get("spark.stage");
      assertEquals("stage " + stage + " allocate by key", each.header().name());
    }
  }

  @Test
  void standaloneClusterDoesTheSame() throws Exception {
    Map<String, String> noPlugin = Map.of("PLUGIN", "off");
    try (SparkRun master =
            SparkRun.start(
                Files.createDirectory(directory.resolve("master")),
                noPlugin,
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0");
        SparkRun worker =
            SparkRun.start(
                Files.createDirectory(directory.resolve("worker")),
                noPlugin,
                "org.apache.spark.deploy.worker.Worker",
                "--webui-port",
                "0",
                "--cores",
                "2",
                "--memory",
                "2g",
                master.printed(Pattern.compile("Starting Spark master at (spark://\\S+)")))) {
      worker.printed(Pattern.compile("(Successfully registered with master)"));
      SparkRun run =
          SparkRun.start(
              directory,
              Map.of(
                  "SPARK_MASTER",
                  master.printed(Pattern.compile("Starting Spark master at (spark://\\S+)")),
                  "SPARK_OPTIONS",
                  "-Dspark.executor.cores=1"),
              SAMPLE,
              "20",
              "1000");
      assertEquals(0, run.exitCode(), run.out());
      assertEquals(20 + SECOND_TASKS, run.recordings().size());
    }
  }

  @Test
  void jobSumsUpAsTheCommandDoes() throws Exception {
    SparkRun sample = SparkRun.start(directory, Map.of(), SAMPLE, "20", "1000");
    assertEquals(0, sample.exitCode(), sample.out());
    Path merged = directory.resolve("merged.json");
    SparkRun job =
        SparkRun.start(
            Files.createDirectory(directory.resolve("job")),
            Map.of(),
            "dev.heaplight.spark.MergeJob",
            merged.toUri().toString(),
            SparkRun.session(directory).toUri().toString());
    assertEquals(0, job.exitCode(), job.out());
    assertEquals(command("merge", "--json", SparkRun.session(directory)), Files.readString(merged));
  }

  @Test
  void jobThatCannotReadARecordingSaysWhichAndWritesNothing() throws Exception {
    Path damaged = Files.writeString(directory.resolve("x.heaplight"), "no recording");
    Path merged = directory.resolve("merged.json");
    SparkRun job =
        SparkRun.start(
            directory,
            Map.of("PLUGIN", "off", "AGENT", "off"),
            "dev.heaplight.spark.MergeJob",
            merged.toUri().toString(),
            damaged.toUri().toString());
    assertEquals(1, job.exitCode(), job.out());
    assertTrue(
        job.out()
            .contains("heaplight: cannot merge: " + damaged.toUri().toString().replace("///", "/")),
        job.out());
    assertFalse(Files.exists(merged));
  }

  private static Map<String, Long> told(String out) {
    Map<String, Long> told = new TreeMap<>();
    Matcher line = ROLL_UP.matcher(out);
    while (line.find()) {
      told.put(line.group(1), Long.parseLong(line.group(3)));
    }
    return told;
  }

  private String command(Object... arguments) throws IOException, InterruptedException {
    Path out = directory.resolve("command.txt");
    String[] words = new String[arguments.length + 1];
    words[0] = SparkRun.root().resolve("bin/heaplight").toString();
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals(0, process.waitFor());
    return Files.readString(out);
  }
}
