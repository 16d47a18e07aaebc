package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heaplight.cli.worker.HogWorker;
import dev.heaplight.monitor.SmallCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A session in which a hog was killed for memory, by a calm worker's monitor or its own. */
final class KilledHog {
  private static final long LIMIT_BYTES = 500 << 20;

  private KilledHog() {}

  /** Makes the session, or skips the test where no memory cgroup can be made. */
  static void in(Path session) throws IOException, InterruptedException {
    try (SmallCgroup group = SmallCgroup.orSkip(LIMIT_BYTES)) {
      Process calm = start(group, session, "-Xmx64m", "calm");
      // From here on there is somebody who sees what came of the kill.
      ServedSession.await(() -> records(session, "calm-") || !calm.isAlive());
      Process hog = start(group, session, "-Xmx1g", "hog");
      assertEquals(137, hog.waitFor());
      assertEquals(0, calm.waitFor());
    }
  }

  private static boolean records(Path session, String task) {
    try (Stream<Path> files = Files.list(session.resolve("logs"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(task));
    } catch (IOException e) {
      return false; // not there yet
    }
  }

  private static Process start(SmallCgroup group, Path session, String heap, String task)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdk.running().home().resolve("bin/java").toString());
    command.add(heap);
    command.add(
        "-javaagent:" + InstalledCommand.AGENT + "=session=" + session + ",memory-rungs=warn+kill");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), HogWorker.class.getName(), task));
    return new ProcessBuilder(group.inside(command))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
