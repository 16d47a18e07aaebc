package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What run, attach and detach refuse without any JVM. */
class ProcessCommandsTest {
  @TempDir Path home;
  private String homeBefore = "";

  @BeforeEach
  void install() throws IOException {
    homeBefore = System.getProperty(Installation.HOME_PROPERTY, "");
    System.setProperty(Installation.HOME_PROPERTY, home.toString());
    Files.createFile(Files.createDirectory(home.resolve("lib")).resolve("heaplight-agent.jar"));
  }

  @AfterEach
  void uninstall() {
    System.setProperty(Installation.HOME_PROPERTY, homeBefore);
  }

  @Test
  void endedProcessIsOneLine() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String reason = ": no such process; find its number with jps or ps";
    assertFails("cannot attach to " + ended.pid() + reason, "attach", ended.pid());
    assertFails("cannot detach from " + ended.pid() + reason, "detach", ended.pid());
  }

  @Test
  void processThatIsNoJvmIsOneLineAndGoesOn() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      assertFails(
          "cannot attach to "
              + other.pid()
              + ": it is not a JVM; find the number of one with jps or ps",
          "attach",
          other.pid());
      assertTrue(other.isAlive());
    } finally {
      other.destroy();
    }
  }

  @Test
  void commandDoesNotAttachToItself() {
    long pid = ProcessHandle.current().pid();
    assertFails(
        "cannot attach to " + pid + ": that is this command itself; give the number of another JVM",
        "attach",
        pid);
  }

  @Test
  void sessionThatAnOptionCannotCarryIsOneLine() {
    long pid = ProcessHandle.current().pid();
    assertFails(
        "cannot attach to "
            + pid
            + ": there is a comma in --session /a,b; choose a directory without one",
        "attach",
        pid,
        "--session",
        "/a,b");
  }

  @Test
  void wrongDurationIsOneLine() {
    String help = "Run 'heaplight attach --help' for its options.\n";
    assertEquals(
        new CommandRun(
            2,
            "",
            "heaplight: Invalid value for option '--duration': expected a duration such as 500ms,"
                + " 2.5s, 3m or 1h but was '1d'\n"
                + help),
        CommandRun.of("attach", "1", "--duration", "1d"));
    assertEquals(
        new CommandRun(
            2, "", "heaplight: Invalid value for option '--duration': it is nothing\n" + help),
        CommandRun.of("attach", "1", "--duration", "0s"));
  }

  @Test
  void wrongProcessNumberIsOneLine() {
    assertEquals(
        "heaplight: Invalid value for positional parameter at index 0 (PID): 'java' is not a long",
        CommandRun.of("detach", "java").err().lines().findFirst().orElse(""));
  }

  @Test
  void runNeedsACommand() {
    String error =
        """
        heaplight: Missing required parameter: '-- java ...'
        Run 'heaplight run --help' for its options.
        """;
    assertEquals(new CommandRun(2, "", error), CommandRun.of("run"));
    assertEquals(new CommandRun(2, "", error), CommandRun.of("run", "--"));
  }

  @Test
  void runRefusesWhatIsNotJava() {
    assertFails(
        "cannot run no-such-program: no such program in PATH; check the command behind --",
        "run",
        "--",
        "no-such-program",
        "--session",
        "x");
  }

  @Test
  void wrongNumberOfRetriesIsRefusedBeforeAnythingIsMade() {
    assertEquals(
        "heaplight: wrong number of retries: --oom-retries=-2, expected=0 or more, or -1",
        CommandRun.of("run", "--oom-retries", "-2", "--", "no-such-program")
            .err()
            .lines()
            .findFirst()
            .orElse(""));
  }

  @Test
  void sessionIsNotMadeWhereALinkIsInTheWay(@TempDir Path temporary) throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(temporary.resolve("heaplight"), elsewhere);
    Path made = Sessions.create(temporary);
    assertEquals(
        temporary.resolve("heaplight-" + System.getProperty("user.name")), made.getParent());
    assertTrue(Files.isDirectory(made.resolve("monitor")));
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @CsvSource({"1.8, 8", "11, 11", "17, 17", "'', 0", "25-ea, 0"})
  void versionOfAJvmIsItsFirstNumber(String text, int expected) {
    assertEquals(expected, TargetJvm.major(text));
  }

  @Test
  void pathsAreQuotedWhereAShellNeedsIt() {
    assertEquals("/tmp/a-1.heaplight", ShellWord.of("/tmp/a-1.heaplight"));
    assertEquals("'/tmp/my file'", ShellWord.of("/tmp/my file"));
    assertEquals("'it'\\''s'", ShellWord.of("it's"));
  }

  private static void assertFails(String message, Object... arguments) {
    assertEquals(new CommandRun(1, "", "heaplight: " + message + "\n"), CommandRun.of(arguments));
  }
}
