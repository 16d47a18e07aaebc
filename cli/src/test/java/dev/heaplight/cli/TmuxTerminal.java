package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A command in a terminal of its own, whose keys are pressed and whose screen is read by tmux.
 * Without tmux the calling tests are skipped, with {@code HEAPLIGHT_REQUIRE_TMUX=1} they fail.
 */
final class TmuxTerminal implements AutoCloseable {
  /** When the command has ended: how, and whether the terminal is as it was. */
  private static final String AT_END =
      "; echo \"ended $?\"; stty -a | grep -q -e ' -icanon' -e ' -echo ' && echo raw; exec cat";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

  private final String name = "heaplight-test-" + ProcessHandle.current().pid();

  private TmuxTerminal() {}

  /** Starts a command in a terminal of that size. */
  static TmuxTerminal start(int columns, int rows, List<String> command) throws IOException {
    boolean found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "tmux")));
    if (!found) {
      String missing = "terminal test not run: no tmux on the path";
      System.out.println(missing);
      if ("1".equals(System.getenv("HEAPLIGHT_REQUIRE_TMUX"))) {
        fail(missing);
      }
      abort(missing);
    }
    StringBuilder words = new StringBuilder();
    command.forEach(word -> words.append('\'').append(word.replace("'", "'\\''")).append("' "));
    TmuxTerminal terminal = new TmuxTerminal();
    terminal.tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        words + AT_END);
    return terminal;
  }

  private String tmux(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", name));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("NO_COLOR");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.onExit().join().exitValue(), out);
    return out;
  }

  /** What is to be seen. */
  String screen() {
    try {
      return tmux("capture-pane", "-p");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the screen is as it should be, and returns it; fails with what is there. */
  String await(Predicate<String> wanted) {
    long start = System.nanoTime();
    String screen = screen();
    while (!wanted.test(screen)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        fail("the screen is not as it should be:\n" + screen);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      screen = screen();
    }
    return screen;
  }

  /** Waits until the screen has a text in it, and returns it. */
  String await(String text) {
    return await(screen -> screen.contains(text));
  }

  /** Presses keys, by the names that tmux gives them. */
  void press(String... keys) throws IOException {
    tmux(Stream.concat(Stream.of("send-keys"), Stream.of(keys)).toArray(String[]::new));
  }

  /** Types a text. */
  void type(String text) throws IOException {
    tmux("send-keys", "-l", text);
  }

  /** Makes the window another size. */
  void resize(int columns, int rows) throws IOException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
