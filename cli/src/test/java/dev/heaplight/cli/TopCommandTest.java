package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopCommandTest {
  @TempDir private Path directory;

  @Test
  void sessionWithoutWorkersIsShownAsSuch() throws IOException {
    Path session = new MonitorDirectory(directory.toRealPath().resolve("s")).create().session();
    CommandRun run = CommandRun.of("top", session, "--count", 2, "--interval", "100ms");
    assertEquals(0, run.exitCode(), run.toString());
    assertEquals(2, run.out().split("Workers  0 running, 0 ended", -1).length - 1, run.out());
    assertTrue(run.out().contains("nothing to show: no worker runs here"), run.out());
  }

  @Test
  void whatIsWrongIsOneLine() throws IOException {
    Path none = directory.resolve("none");
    assertError(
        1,
        "cannot open session "
            + none
            + ": there is no such directory; give the directory in which the session's logs lie\n",
        none);
    assertError(
        1,
        "cannot open session "
            + directory
            + ": no worker or monitor has used it; give the directory that workers were started"
            + " with, as session= or in HEAPLIGHT_SESSION_DIR\n",
        directory);
    Path session = new MonitorDirectory(directory.resolve("s")).create().session();
    assertError(
        1,
        "cannot show worker 1: no running worker of this number is known in "
            + session
            + "; name its session's directory, or see heaplight explain 1 for why it ended\n",
        "1",
        "--session",
        session);
    usage("Invalid value for option '--interval': 99 ms is below 100 ms", "--interval", "99ms");
    usage("Invalid value for option '--count': 0 is below 1", "--count", "0");
    usage("Give a session's directory once: x or y", "x", "--session", "y");
    usage(
        "Invalid value for option '--filter': '(' is not a regular expression: Unclosed group",
        "--filter",
        "(");
  }

  private static void usage(String expected, Object... arguments) {
    assertError(2, expected + "\nRun 'heaplight top --help' for its options.\n", arguments);
  }

  private static void assertError(int exitCode, String expected, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = "top";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    assertEquals(new CommandRun(exitCode, "", "heaplight: " + expected), CommandRun.of(all));
  }

  @Test
  void fileInPlaceOfASessionIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertEquals(1, CommandRun.of("top", file).exitCode());
  }
}
