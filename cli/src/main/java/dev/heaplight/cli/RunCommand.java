package dev.heaplight.cli;

import dev.heaplight.monitor.retry.Backoff;
import dev.heaplight.monitor.retry.RetryBudget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a JVM under the agent. */
@Command(
    name = "run",
    description = {
      "Starts a Java program and records the whole process.",
      "For instance: heaplight run -- java -jar worker.jar",
      "Ends with the program's exit code."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields or refuses the command line
final class RunCommand implements Callable<Integer> {
  private static final String SESSION_VARIABLE = "HEAPLIGHT_SESSION_DIR";
  private static final int MAX_LISTED = 10;

  @Spec private CommandSpec spec;
  @Mixin private AgentArguments agent;

  @Parameters(
      arity = "1..*",
      paramLabel = "-- java ...",
      hideParamSyntax = true,
      description = "The command that starts the program, as it is without heaplight.")
  private List<String> words;

  @Option(
      names = "--oom-retries",
      paramLabel = "N",
      description = {
        "Start the program again when the memory monitor killed it, up to N times, -1 without end;"
            + " after 1 s, 2 s, 4 s and so on up to a minute, less a random part.",
        "Not when the program alone would be over the threshold again."
      })
  private int oomRetries;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Start it again when it failed otherwise, kills by the kernel among them.")
  private int retries;

  @Override
  public Integer call() throws UserError, InterruptedException {
    RetryBudget budget =
        new RetryBudget(counted("--oom-retries", oomRetries), counted("--retries", retries));
    String path = System.getenv("PATH");
    JavaCommand command = JavaCommand.of(words, path == null ? "" : path);
    boolean supervised = oomRetries != 0 || retries != 0;
    Path shared = session();
    if (supervised && shared == null) {
      shared = Sessions.create(command.temporaryDirectory());
    }
    String options =
        agent.text(
            "cannot run " + words.get(0),
            shared != null && session() == null
                ? List.of("track=process", "session=" + shared)
                : List.of("track=process"));
    Path jar = Installation.jar("heaplight-agent.jar");
    try (ForwardedSignals signals = ForwardedSignals.take()) {
      for (int attempt = 1; ; attempt++) {
        long startMillis = System.currentTimeMillis();
        SupervisedRun run = SupervisedRun.start(command.withAgent(jar, options), shared, attempt);
        signals.sendTo(run.process());
        int exitCode = run.await();
        report(command, new ProcessRecordings(run.process().pid(), startMillis), shared);
        if (!supervised || signals.anySent() || !goesOn(run, exitCode, attempt, budget, signals)) {
          return exitCode;
        }
      }
    }
  }

  private int counted(String option, int times) {
    if (times < RetryBudget.ENDLESS) {
      throw new ParameterException(
          spec.commandLine(),
          "wrong number of retries: " + option + "=" + times + ", expected=0 or more, or -1");
    }
    return times;
  }

  /** Tells how an attempt ended, and waits for the next if there is to be one. */
  private boolean goesOn(
      SupervisedRun run, int exitCode, int attempt, RetryBudget budget, ForwardedSignals signals)
      throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    SupervisedRun.End end = run.end();
    RetryBudget.Next next =
        budget.ended(end.verdict(), end.forMemory(), exitCode != 0, end.fitsNever());
    if (next == RetryBudget.Next.DONE) {
      return false;
    }
    err.println("heaplight: attempt " + attempt + " ended: " + end.verdict() + ": " + end.detail());
    if (!end.message().isEmpty()) {
      err.println(end.message());
    }
    switch (next) {
      case REFUSED ->
          err.println(
              "heaplight: not tried again: it alone would be over the threshold; make it smaller or"
                  + " give the node more memory");
      case EXHAUSTED ->
          err.println(
              "heaplight: not tried again: retries used up: kills for memory="
                  + budget.memoryKills()
                  + ", other failures="
                  + budget.otherFailures());
      default -> {
        int failures = budget.memoryKills() + budget.otherFailures();
        long delay = Backoff.delayMillis(failures, ThreadLocalRandom.current().nextDouble());
        err.println("heaplight: tried again in " + delay + " ms");
        return !signals.awaitAny(delay);
      }
    }
    return false;
  }

  private void report(JavaCommand command, ProcessRecordings recordings, @Nullable Path session) {
    List<Path> files =
        session == null
            ? recordings.inOwnSession(command.temporaryDirectory())
            : recordings.inSession(session);
    PrintWriter err = spec.commandLine().getErr();
    if (files.isEmpty()) {
      err.println(
          "heaplight: nothing was recorded: the program ended before the agent was ready or as the"
              + " lines above say");
      return;
    }
    files.stream().limit(MAX_LISTED).forEach(file -> err.println("Wrote " + file));
    if (files.size() > MAX_LISTED) {
      Path logs = files.get(0).getParent();
      err.println("and " + (files.size() - MAX_LISTED) + " more recordings in " + logs);
    }
    err.println("Look at it with: heaplight flamegraph " + ShellWord.of(files.get(0).toString()));
  }

  private @Nullable Path session() {
    Path given = agent.session();
    String variable = System.getenv(SESSION_VARIABLE);
    return given != null || variable == null || variable.isEmpty()
        ? given
        : Path.of(variable).toAbsolutePath();
  }
}
