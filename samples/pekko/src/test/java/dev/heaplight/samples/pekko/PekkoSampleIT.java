package dev.heaplight.samples.pekko;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.viewer.model.RecordingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real actors on the threads of a dispatcher, with the agent and without. */
@Timeout(300)
final class PekkoSampleIT {
  private static final int ACTORS = 100;
  private static final int MESSAGES = 10_000;
  private static final Pattern SUM = Pattern.compile("(/user/worker-\\d+) allocated (\\d+), .*");

  /** Header and padding of an array: 16 bytes, and up to 8. */
  private static final long ARRAY_OVERHEAD = 20;

  @TempDir private Path directory;

  @Test
  void everyActorHasARecordingOfWhatItAllocated() throws Exception {
    String agent = System.getProperty("heaplight.agent.jar") + "=session=" + directory;
    String out = run(List.of("-javaagent:" + agent, "-Xmx1g"));
    Map<String, RecordingModel> actors = recordings();
    assertEquals(
        ACTORS + 2, actors.size(), actors.keySet()::toString); // archive, and who gave work
    int first = 0;
    for (Map.Entry<String, Long> worker : sums(out).entrySet()) {
      RecordingModel recording = requireNonNull(actors.get(worker.getKey()), worker.getKey());
      long expected = worker.getValue() + ARRAY_OVERHEAD * MESSAGES;
      double ratio = (double) recording.totals().totalBytes() / expected;
      // Whoever is first pays for what is loaded and linked once, some 100 kB to 1 MB.
      assertEquals(1, ratio, first == 0 ? 0.02 : 0.01, worker.getKey());
      first += ratio > 1.01 ? 1 : 0;
      assertEquals("actor", recording.header().kind());
      assertTrue(
          recording.header().id().startsWith("pekko://sample" + worker.getKey() + "#"),
          recording.header().id());
    }
    assertTrue(actors.containsKey("/user"));
    assertTrue(actors.containsKey("/user/archive"));
  }

  @Test
  void actorsAreLeftAloneWhereThatIsWanted() throws Exception {
    String agent = System.getProperty("heaplight.agent.jar") + "=auto=off,session=" + directory;
    String out = run(List.of("-javaagent:" + agent));
    assertEquals(ACTORS, sums(out).size());
    assertTrue(Files.notExists(directory.resolve("logs")));
  }

  /** What each worker said that it allocated. */
  private static Map<String, Long> sums(String out) {
    Map<String, Long> sums = new TreeMap<>();
    for (String line : out.lines().toList()) {
      Matcher sum = SUM.matcher(line);
      if (sum.matches()) {
        sums.put(sum.group(1), Long.parseLong(sum.group(2)));
      }
    }
    assertEquals(ACTORS, sums.size(), out);
    return sums;
  }

  private Map<String, RecordingModel> recordings() throws IOException {
    Map<String, RecordingModel> recordings = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("logs"))) {
      for (Path file : files.toList()) {
        RecordingModel recording = RecordingModel.read(file);
        recordings.put(recording.header().name(), recording);
      }
    }
    return recordings;
  }

  private String run(List<String> jvmArguments) throws IOException, InterruptedException {
    Path out = directory.resolveSibling(directory.getFileName() + ".out");
    Path err = directory.resolveSibling(directory.getFileName() + ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.add("-Dpekko.actor.default-dispatcher.fork-join-executor.parallelism-min=4");
    command.add("-Dpekko.actor.default-dispatcher.fork-join-executor.parallelism-max=4");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            PekkoSample.class.getName(),
            Integer.toString(ACTORS),
            Integer.toString(MESSAGES)));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exitCode = process.waitFor();
    assertEquals(0, exitCode, Files.readString(err));
    return Files.readString(out);
  }
}
