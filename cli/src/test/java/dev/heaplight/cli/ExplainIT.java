package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.EndWorker;
import dev.heaplight.monitor.SmallCgroup;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends of real JVMs, told apart. */
@Timeout(300)
class ExplainIT {
  private static final long MB = 1 << 20;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clean | -Xmx48m                             | 0 | CLEAN",
        "halt  | -Xmx48m                             | 1 | EXITED",
        "exit  | -Xmx48m                             | 3 | EXITED",
        "throw | -Xmx48m                             | 1 | EXITED",
        "fill  | -Xmx48m                             | 1 | JVM_OUT_OF_MEMORY",
        "fill  | -Xmx48m -XX:+ExitOnOutOfMemoryError | 3 | JVM_OUT_OF_MEMORY",
      })
  void programThatEndsByItself(String how, String options, int exitCode, String verdict)
      throws Exception {
    Process run = start(how, options, List.of());
    assertEquals(exitCode, run.waitFor());
    assertEquals(verdict, verdict());
  }

  @ParameterizedTest
  @CsvSource({"KILL, 137, EXTERNAL_SIGNAL", "TERM, 143, EXTERNAL_SIGNAL", "SEGV, 1, CRASH"})
  void programThatIsEnded(String signal, int exitCode, String verdict) throws Exception {
    Process run = start("wait", "-Xmx48m -XX:-CreateCoredumpOnCrash", List.of());
    while (!Files.readString(directory.resolve("out")).contains("ready")) {
      assertTrue(run.isAlive());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    long pid = run.descendants().mapToLong(ProcessHandle::pid).max().orElseThrow();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    assertEquals(exitCode, run.waitFor());
    assertEquals(verdict, verdict());
  }

  @Test
  void programThatTheKernelKilled() throws Exception {
    try (SmallCgroup group = SmallCgroup.orSkip(300 * MB)) {
      Process run = start("fill", "-Xmx1g -XX:+AlwaysPreTouch", List.of(group));
      assertEquals(137, run.waitFor());
      assertEquals(1, group.kernelKills());
      assertEquals("KERNEL_OOM", verdict());
    }
  }

  private Process start(String how, String options, List<SmallCgroup> group) throws IOException {
    List<String> program = new ArrayList<>();
    program.add(Jdk.running().home().resolve("bin/java").toString());
    program.addAll(Arrays.asList(options.split(" ", -1)));
    program.addAll(List.of("-XX:ErrorFile=" + directory.resolve("crash-%p.log"), "-cp"));
    program.addAll(List.of(System.getProperty("java.class.path"), EndWorker.class.getName(), how));
    program.add(directory.resolve("session").toString());
    List<String> command =
        new ArrayList<>(
            InstalledCommand.words(
                "run",
                "--session",
                directory.resolve("session"),
                "--options",
                "memory-refresh=0s,live=off",
                "--"));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(group.isEmpty() ? command : group.get(0).inside(command));
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private String verdict() throws Exception {
    long pid;
    try (Stream<Path> exits =
        Files.list(new MonitorDirectory(directory.resolve("session")).exits())) {
      String name = exits.map(each -> each.getFileName().toString()).findAny().orElseThrow();
      pid = Long.parseLong(name.substring(0, name.indexOf('-')));
    }
    InstalledCommand heaplight = new InstalledCommand(Jdk.running(), directory);
    CommandRun explained = heaplight.run("explain", pid, "--session", directory.resolve("session"));
    assertEquals(0, explained.exitCode(), explained.toString());
    String start = "process " + pid + ": ";
    assertTrue(explained.out().startsWith(start), explained.toString());
    return explained.out().substring(start.length()).split(":", 2)[0];
  }
}
