package dev.heaplight.cli;

import dev.heaplight.server.top.TopColumn;
import dev.heaplight.server.top.TopHead;
import dev.heaplight.server.top.TopOrder;
import dev.heaplight.server.top.TopReader;
import dev.heaplight.server.top.TopRows;
import dev.heaplight.server.top.TopSnapshot;
import dev.heaplight.server.top.TopText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows workers and tasks by memory. */
@Command(
    name = "top",
    description = {
      "Shows the workers of a session and their running tasks by memory.",
      "On a terminal: live, with keys to sort, filter and pause, and the top stacks of a task."
          + " Elsewhere: one snapshot as text, or as many as --interval and --count say."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TopCommand implements Callable<Integer> {
  private static final long SHORTEST_MILLIS = 100;
  private static final long USUAL_MILLIS = 1_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SESSION|PID",
      arity = "0..1",
      description =
          "A session's directory, or a worker's process to show alone. Default: the latest session.")
  private @Nullable String subject;

  @Option(
      names = "--session",
      paramLabel = "DIR",
      description = "The session of the process; by default the latest in which it runs.")
  private @Nullable Path session;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Time between two looks, 100ms or more. Default: 1s.")
  private @Nullable Long intervalMillis;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Print so many snapshots as text. Default: 1; with --interval no end.")
  private @Nullable Long count;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      defaultValue = "rss",
      description = "pid, rss, shr, heap, live, rate, state or name. Default: ${DEFAULT-VALUE}.")
  private TopColumn column;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      converter = PatternConverter.class,
      description = "Show only what has this, in any case, in its process's number or its name.")
  private @Nullable Pattern filter;

  @Option(names = "--plain", description = "Print text, on a terminal as well.")
  private boolean plain;

  @Override
  public Integer call() throws UserError, IOException {
    long interval = intervalMillis == null ? USUAL_MILLIS : intervalMillis;
    check(interval);
    Path directory = Sessions.checked(directory()).toRealPath();
    TopOrder order = new TopOrder(column, false);
    String wanted = filter != null ? filter.pattern() : byPid() ? "^" + subject + " " : "";
    Pattern shown = wanted.isEmpty() ? null : TopRows.filter(wanted);
    boolean interactive = !plain && count == null && Terminal.isInteractive();
    if (interactive && TopScreen.show(() -> TopWatch.start(directory, interval), order, shown)) {
      return 0;
    }
    print(directory, order, shown, interval);
    return 0;
  }

  private void check(long interval) {
    if (interval < SHORTEST_MILLIS) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--interval': " + interval + " ms is below 100 ms");
    }
    if (count != null && count < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--count': " + count + " is below 1");
    }
    if (session != null && subject != null && !byPid()) {
      throw new ParameterException(
          spec.commandLine(), "Give a session's directory once: " + subject + " or " + session);
    }
  }

  private boolean byPid() {
    return subject != null && subject.matches("\\d{1,18}");
  }

  private Path directory() throws UserError, IOException {
    if (subject != null && byPid()) {
      List<Path> sessions = session != null ? List.of(Sessions.checked(session)) : Sessions.known();
      return Sessions.ofWorker(Long.parseLong(subject), sessions);
    }
    return subject != null
        ? Path.of(subject)
        : session != null ? session : Sessions.newest("cannot show workers");
  }

  private void print(Path directory, TopOrder order, @Nullable Pattern shown, long interval)
      throws UserError, IOException {
    PrintWriter out = spec.commandLine().getOut();
    TopHead head = new TopHead(ZoneId.systemDefault());
    long left = count != null ? count : intervalMillis != null ? Long.MAX_VALUE : 1;
    try (TopReader reader = new TopReader(directory)) {
      while (true) {
        TopSnapshot snapshot = reader.read();
        if (!snapshot.present()) {
          throw new UserError(
              "cannot read session " + directory,
              snapshot.trouble(),
              "name the directory of one that is there");
        }
        TopText.write(head.lines(snapshot), TopRows.of(snapshot, order, shown), out);
        left--;
        if (out.checkError() || left == 0) {
          return; // who called tells what is wrong with the output
        }
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(interval));
        out.println();
      }
    }
  }
}
