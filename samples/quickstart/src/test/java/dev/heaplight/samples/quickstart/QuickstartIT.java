package dev.heaplight.samples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the sample as its users do, with the agent and without. */
final class QuickstartIT {
  private static final String OUTPUT =
      """
      actor: keeps 20 messages
      task: checksum 100000100
      report: best customer 15: 207 orders, 1042.42
      """;

  @TempDir private Path directory;

  @Test
  void runsUnchangedWithoutTheAgent() throws Exception {
    assertEquals(OUTPUT, run(List.of()));
  }

  @Test
  void leavesARecordingOfEachScopeUnderTheAgent() throws Exception {
    Path session = directory.resolve("session");
    String agent = System.getProperty("heaplight.agent.jar") + "=session=" + session;

    assertEquals(OUTPUT, run(List.of("-javaagent:" + agent)));

    List<String> names;
    try (Stream<Path> files = Files.list(session.resolve("logs"))) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertEquals(3, names.size(), names::toString);
    assertTrue(names.get(0).startsWith("Actor-"), names::toString);
    assertTrue(names.get(1).startsWith("allocate_memory-"), names::toString);
    assertTrue(names.get(2).startsWith("sql_report-"), names::toString);
  }

  private String run(List<String> jvmArguments) throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Quickstart.class.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err.txt").toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> "output in " + directory);
    return Files.readString(out);
  }
}
