package dev.heaplight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heaplight.cli.worker.TaskWorker;
import dev.heaplight.monitor.session.MonitorDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb with real workers, piped and in a real terminal. */
@Timeout(180)
class TopIT {
  private static final double MB = 1 << 20;

  @TempDir private Path given;
  private Path directory;
  private Path session;
  private InstalledCommand heaplight;
  private final List<Process> workers = new ArrayList<>();

  @BeforeEach
  void makeSession() throws IOException {
    directory = given.toRealPath();
    session = new MonitorDirectory(directory.resolve("session")).create().session();
    heaplight = new InstalledCommand(Jdk.running(), directory);
  }

  @AfterEach
  void endWorkers() {
    workers.forEach(Process::destroyForcibly);
    workers.forEach(worker -> worker.onExit().join());
  }

  @Test
  void pipedFiguresAreThoseOfTheKernel() throws Exception {
    Process worker = start("keeper:40:0", "busy:0:20");
    long pid = worker.pid();
    // A rate of the first snapshot is a mean since the task's begin, which is only just past.
    CommandRun run =
        heaplight.run(
            "top", pid, "--session", session, "--sort", "heap", "--count", 2, "--interval", "2s");
    String last = run.out().substring(run.out().lastIndexOf("heaplight top, "));
    double rss = memory(worker, "VmRSS");
    double shared = memory(worker, "RssFile") + memory(worker, "RssShmem");
    assertEquals(0, run.exitCode(), run.toString());
    assertEquals("", run.err());
    List<String> lines = last.lines().toList();
    assertTrue(lines.get(0).startsWith("heaplight top, "), run.out());
    assertTrue(lines.get(0).endsWith("  " + session), run.out());
    assertTrue(lines.get(1).matches("Memory   .* of .*, threshold .*"), run.out());
    assertTrue(lines.get(2).startsWith("Workers  1 running, 0 ended, 0 killed"), run.out());
    assertTrue(lines.get(2).contains("Tasks 2 running"), run.out());
    assertTrue(lines.get(5).matches(" *PID +RSS +SHR +HEAP +LIVE +ALLOC/s +STATE +WORKER / TASK"));
    List<String> cells = cells(line(last, "TaskWorker"));
    assertEquals(Long.toString(worker.pid()), cells.get(0));
    assertEquals(rss, bytes(cells.get(1)), rss * 0.1, run.out());
    assertEquals(shared, bytes(cells.get(2)), shared * 0.1, run.out());
    assertTrue(bytes(cells.get(3)) > 40 * MB, run.out());
    assertEquals("running", cells.get(6));
    List<String> busy = cells(line(last, "task busy"));
    assertEquals("-", busy.get(1));
    // It may have waited for its turn.
    assertTrue(bytes(busy.get(5)) > 2 * MB && bytes(busy.get(5)) < 30 * MB, run.out());
  }

  @Test
  void severalSnapshotsArePrintedAndAClosedPipeEndsThem() throws Exception {
    Process worker = start("calm:1:0");
    CommandRun two = heaplight.run("top", session, "--interval", "200ms", "--count", 2);
    assertEquals(2, two.out().split("heaplight top, ", -1).length - 1, two.toString());
    assertEquals(2, two.out().split("task calm", -1).length - 1, two.toString());
    assertTrue(worker.isAlive());
    List<String> endless = InstalledCommand.words("top", session, "--interval", "100ms");
    Process piped =
        processOf(
                List.of(
                    "sh", "-c", "{ " + String.join(" ", endless) + "; echo $? >&2; } | head -1"))
            .start();
    assertEquals(0, piped.waitFor());
    assertEquals("141", piped.errorReader().readLine());
  }

  @Test
  void terminalSortsFiltersPausesAndOpensATask() throws Exception {
    start("keeper:40:0", "busy:1:20");
    Process other = start("\u001b[2Jevil\u202e:2:0");
    try (TmuxTerminal terminal = top(110, 30)) {
      String first = terminal.await(screen -> screen.contains("busy") && screen.contains("evil"));
      assertTrue(first.contains("RSS\u25bc"), first);
      assertTrue(first.contains("task \\u001b[2Jevil\\u202e"), first);
      assertTrue(first.indexOf("keeper") < first.indexOf("evil"), first);
      terminal.press("8");
      terminal.await("WORKER / TASK\u25b2");
      terminal.press("r");
      terminal.await("WORKER / TASK\u25bc");
      terminal.press("6");
      terminal.await(
          screen ->
              screen.contains("ALLOC/s\u25bc") && isBefore(screen, "task busy", "task keeper"));

      terminal.type("/TASK BUSY");
      terminal.press("Enter");
      String filtered = terminal.await(screen -> !screen.contains("evil"));
      assertTrue(filtered.contains("[/TASK BUSY]"), filtered);
      assertFalse(filtered.contains("task keeper"), filtered);
      terminal.type("/(");
      terminal.press("Enter");
      terminal.await("not a regular expression: Unclosed group");

      terminal.press("Down", "Enter");
      String stacks = terminal.await("TaskWorker.allocate(TaskWorker.java:");
      assertTrue(stacks.startsWith("Stacks that allocated most in task busy"), stacks);
      terminal.press("Left");
      terminal.await("[/TASK BUSY]");
      terminal.press("/", "Enter");
      terminal.await("evil");

      terminal.press("p");
      terminal.await("[paused]");
      end(other);
      terminal.press("End");
      terminal.await("5/5");
      assertTrue(terminal.screen().contains("evil"), terminal.screen());
      terminal.press("p");
      terminal.await(screen -> screen.contains("1 ended") && !screen.contains("evil"));
      terminal.press("q");
      assertFalse(terminal.await("ended 0").contains("raw"));
    }
  }

  private static boolean isBefore(String screen, String first, String second) {
    return screen.contains(first) && screen.indexOf(first) < screen.indexOf(second);
  }

  @Test
  void hundredsOfTasksAreScrolledThroughInAnyWindow() throws Exception {
    start(Collections.nCopies(200, "many:0:0").toArray(String[]::new));
    try (TmuxTerminal terminal = top(40, 10)) {
      terminal.await("task many");
      terminal.press("End");
      terminal.await(screen -> !screen.contains("TaskWorker") && screen.contains("task many"));
      terminal.resize(110, 40);
      terminal.await(screen -> screen.contains("SHR") && screen.contains("201/201"));
      terminal.press("Home");
      terminal.await("1/201");
      terminal.resize(20, 4);
      terminal.await(screen -> !screen.contains("/201"));
      terminal.resize(110, 30);
      terminal.await("1/201");
      terminal.press("C-c");
      assertFalse(terminal.await("ended 0").contains("raw"));
    }
  }

  @Test
  void hogThatIsKilledIsSeen() throws Exception {
    try (TmuxTerminal terminal = top(110, 30)) {
      terminal.await("nothing to show");
      KilledHog.in(session);
      String screen =
          terminal.await(text -> text.contains("1 killed for memory") && text.contains(" killed "));
      assertTrue(line(screen, " killed  task hog").contains(" - "), screen);
      terminal.press("End", "Enter");
      terminal.await("HogWorker.grow(HogWorker.java:");
    }
    CommandRun run = heaplight.run("top", session);
    assertTrue(run.out().contains(" killed  task hog"), run.out());
    assertTrue(run.out().contains("1 killed for memory"), run.out());
  }

  @Test
  void sessionThatIsRemovedIsToldOf() throws Exception {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    try (TmuxTerminal terminal = top(110, 30)) {
      terminal.await("nothing to show");
      Process piped =
          processOf(InstalledCommand.words("top", session, "--interval", "100ms"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      workers.add(piped);
      ServedSession.await(() -> size(out) > 0);
      remove(session);
      assertEquals(1, piped.waitFor());
      assertEquals(
          "heaplight: cannot read session "
              + session
              + ": the session's directory is gone; name the directory of one that is there\n",
          Files.readString(err));
      terminal.await("Trouble  the session's directory is gone");
      terminal.await("[session gone]");
      terminal.press("q");
      terminal.await("ended 0");
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private TmuxTerminal top(int columns, int rows) throws IOException {
    return TmuxTerminal.start(
        columns, rows, InstalledCommand.words("top", session, "--interval", "200ms"));
  }

  private Process start(String... tasks) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jdk.running().java(),
                "-Xmx128m",
                "-javaagent:" + InstalledCommand.AGENT + "=session=" + session,
                "-cp",
                System.getProperty("java.class.path"),
                TaskWorker.class.getName()));
    command.addAll(List.of(tasks));
    Process worker =
        processOf(command)
            .redirectError(directory.resolve("worker" + workers.size() + ".err").toFile())
            .start();
    workers.add(worker);
    assertEquals("ready", worker.inputReader().readLine());
    String pid = Long.toString(worker.pid());
    ServedSession.await(() -> tells(pid, tasks.length));
    return worker;
  }

  /** Whether the worker has told of all its tasks. */
  private boolean tells(String pid, int tasks) {
    Path told = new MonitorDirectory(session).workers();
    try (Stream<Path> files = Files.list(told)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith(pid)).toList()) {
        if (Files.readString(file).contains("tasks=" + tasks)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // being replaced
    }
  }

  private static ProcessBuilder processOf(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
    return builder;
  }

  private static void end(Process worker) throws IOException, InterruptedException {
    worker.getOutputStream().close();
    assertEquals(0, worker.waitFor());
  }

  private static double memory(Process process, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static String line(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private static List<String> cells(String line) {
    return List.of(line.strip().split("  +", -1));
  }

  private static double bytes(String text) {
    String[] parts = text.split(" ", -1);
    int unit = List.of("B", "KiB", "MiB", "GiB").indexOf(parts[1]);
    return Double.parseDouble(parts[0]) * Math.pow(1024, unit);
  }
}
